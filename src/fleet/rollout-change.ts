import type { Context } from '../cli/context.ts';
import type { Outcome } from '../cli/outcome.ts';
import type { HostConnection } from '../client/connection.ts';
import type { Reach } from '../hosts/reach.ts';
import { systemClock } from '../hosts/system-clock.ts';
import { KpluginError } from '../model/error.ts';
import type { Ended } from './host-end.ts';
import { rollout } from './rollout.ts';
import type { AtHost } from './rollout-at-host.ts';
import { RolloutBoard } from './rollout-board.ts';
import type { RolloutNumbers } from './rollout-flags.ts';
import { readEach } from './rollout-look.ts';
import { type AboutRollout, rolloutOutcome } from './rollout-outcome.ts';
import type { Order } from './rollout-plan-text.ts';
import type { HostRow } from './rollout-row.ts';
import { rowOf } from './rollout-rows.ts';
import { rowText } from './rollout-text.ts';

/** Reading is cheap for a host: so many are read at a time at least. */
const READ_PARALLEL = 16;

/** A host, and what was seen there. */
export interface Seen<P> {
  readonly host: HostConnection;
  readonly label: string;
  readonly seen: P;
}

/** What a command does on each of many hosts: it looks, and changes what it found. */
export interface HostWork<P, R> {
  /** Reads one host, and what would be done there; changes nothing. */
  look(at: AtHost): Promise<P>;
  /** Does it; throws where the host is no longer as it was seen. */
  change(at: AtHost, seen: P): Promise<R>;
  /** Whether a host is as it shall be, so that it is left alone. */
  isDone(seen: P): boolean;
  /** The version that a host has; null when it has none. */
  versionOf(seen: P): string | null;
  /** The row of a host that is left alone, or of any under --dry-run. */
  seenRow(label: string, seen: P): HostRow;
  doneRow(label: string, done: R): HostRow;
  /** The plan for people; throws what is wrong with all of them. */
  plan(all: readonly Seen<P>[], order: Order): string;
  /** Asks once for all what would be asked for each; throws exit 2 when the answer is no. */
  ask(changing: readonly Seen<P>[]): Promise<void>;
  readonly about: Pick<AboutRollout, 'next' | 'again'>;
}

/** How a rollout goes: how its hosts are asked, and in which order. */
export interface RolloutSettings {
  readonly reach: Reach;
  readonly numbers: RolloutNumbers;
  /** Stop after the plan. */
  readonly dryRun: boolean;
}

/**
 * Changes several hosts: all are read first, one plan is shown and consented to, then the rollout. Throws for what is
 * wrong before any host was changed and is the same for all; else the outcome lists every host.
 */
export async function changeMany<P, R>(
  named: readonly HostConnection[],
  work: HostWork<P, R>,
  settings: RolloutSettings,
  context: Context,
): Promise<Outcome> {
  const { numbers, reach, dryRun } = settings;
  const parallel = Math.max(numbers.parallel, READ_PARALLEL);
  const looks = await readEach(named, { reach, parallel }, work.look, context);
  context.signal.throwIfAborted();
  refuseShared(looks);
  const all = looks.flatMap(({ host, end }): Seen<P>[] =>
    end.state === 'done' ? [{ host, label: host.label, seen: end.value }] : [],
  );
  const failed = looks.length - all.length;
  const text = work.plan(all, { ...numbers, failed });
  const rows = new Map<string, HostRow>();
  for (const { host, end } of looks) {
    rows.set(host.label, rowOf(host.label, null, end, work.seenRow, null));
  }
  for (const { label, seen } of all) rows.set(label, work.seenRow(label, seen));
  const about = { ...work.about, dryRun, plan: text };
  const outcome = (): Outcome =>
    rolloutOutcome(
      looks.flatMap(({ host }) => rows.get(host.label) ?? []),
      about,
      context,
    );
  if (dryRun) return outcome();
  if (all.length > 0) context.talk.say(text);
  const changing = all.filter(({ seen }) => !work.isDone(seen));
  if (changing.length > 0 && failed <= numbers.maxFailures) await work.ask(changing);
  for (const row of await changeEach(changing, work, { ...settings, failed }, context)) {
    rows.set(row.label, row);
  }
  return outcome();
}

/** What is wrong was found out once for all hosts: the very same failure for every one. */
function refuseShared(looks: readonly Ended<HostConnection, unknown>[]): void {
  const errors = new Set(looks.map(({ end }) => (end.state === 'failed' ? end.error : null)));
  const [error] = errors;
  if (errors.size === 1 && error instanceof KpluginError && looks.length > 1) throw error;
}

const INTERRUPTED =
  'interrupted: no other host is begun; those at work are restored first (Ctrl-C again leaves them as they are)';

async function changeEach<P, R>(
  changing: readonly Seen<P>[],
  work: HostWork<P, R>,
  { numbers, reach, failed }: RolloutSettings & { readonly failed: number },
  context: Context,
): Promise<readonly HostRow[]> {
  const board = new RolloutBoard(
    changing.map(({ label }) => label),
    context.talk,
    'told',
  );
  const onAbort = (): void => context.talk.say(INTERRUPTED);
  context.signal.addEventListener('abort', onAbort, { once: true });
  const rowFor = ({ host, end }: Ended<Seen<P>, R>): HostRow =>
    rowOf(host.label, work.versionOf(host.seen), end, work.doneRow, context.signal);
  const { signal } = context;
  try {
    const ends = await rollout(
      changing,
      { ...numbers, failedBefore: failed, signal, clock: systemClock(signal) },
      ({ host, seen }) => work.change({ host, reach, board, context }, seen),
      {
        started: ({ label }, isCanary) =>
          board.atWork(label, isCanary ? 'first, alone' : 'looking at what it has'),
        ended: (one, end) => {
          // Those that were left alone stand in the table.
          if (end.state === 'not-started') return;
          const row = rowFor({ host: one, end });
          board.ended(one.label, rowText(row), row.error !== null);
        },
      },
    );
    return ends.map(rowFor);
  } finally {
    context.signal.removeEventListener('abort', onAbort);
    board.close();
  }
}
