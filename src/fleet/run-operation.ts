import type { Context } from '../cli/context.ts';
import type { Outcome } from '../cli/outcome.ts';
import type { View } from '../cli/output/view.ts';
import type { HostConnection } from '../client/host-client.ts';
import { systemClock } from '../hosts/open-connection.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import { atHost, readEach } from './at-hosts.ts';
import { boardFor } from './board.ts';
import { gateCounts, passGate } from './gates.ts';
import type { Operation, OperationSettings, OperationView, Planned, Shown } from './operation.ts';
import { some } from './plan-text.ts';
import { type HostWithResult, rollout } from './rollout.ts';
import { rolloutOutcome } from './rollout-outcome.ts';
import { type HostRow, rowOf, rowText } from './rollout-rows.ts';

/** Minimum number of hosts that are read at a time: reading is cheap for a host. */
const READ_PARALLEL = 16;

/**
 * Runs an operation on one or several hosts: reads all, shows the plan, asks for consent, then applies it, canaries
 * first. Throws an error that is the same for all hosts before any change; else the outcome lists every host.
 */
export async function runOperation<P, R>(
  named: readonly HostConnection[],
  operation: Operation<P, R>,
  view: OperationView<P, R>,
  settings: OperationSettings,
  context: Context,
): Promise<Outcome> {
  const { numbers, reach, dryRun, detailedExit, isGroup } = settings;
  const parallel = Math.max(numbers.parallel, READ_PARALLEL);
  const looks = await readEach(
    named,
    { reach, parallel },
    (at) => atHost(at, (client, effects) => operation.plan(client, effects)),
    context,
  );
  if (context.signal.aborted) throw interruptedEarly(looks);
  refuseShared(looks);
  const all = looks.flatMap(({ host, end }): Planned<P>[] =>
    end.state === 'done' ? [{ host, label: host.label, plan: end.value }] : [],
  );
  const failed = looks.length - all.length;
  operation.refuse?.(all, failed);
  const isOne = named.length === 1 && !isGroup;
  const plan = isOne ? beforeOf(all, view) : view.plans(all, { ...numbers, failed });
  const ends = new Map<string, Shown<P, R>>(
    looks.map(({ host, end }) => {
      if (end.state !== 'done') {
        return [
          host.label,
          { row: rowOf(host.label, null, end, view.planRow, null), plan: null, done: null },
        ];
      }
      return [
        host.label,
        { row: view.planRow(host.label, end.value), plan: end.value, done: null },
      ];
    }),
  );
  const outcome = (unanswered: KpluginError | null = null): Outcome =>
    rolloutOutcome(
      [...ends.values()],
      { view, dryRun, isOne, plan, unanswered, detailedExit },
      context,
    );
  const changing: Planned<P>[] = [];
  for (const one of all) {
    const done = operation.settled(one.plan);
    if (done === null) changing.push(one);
    else ends.set(one.label, { row: view.doneRow(one.label, done), plan: one.plan, done });
  }
  const isAsked = changing.length > 0 && failed <= numbers.maxFailures;
  if (dryRun) return outcome(isAsked ? await unansweredOf(changing, operation, context) : null);
  if (all.length > 0) await tell(plan, changing.length > 0, context);
  if (isAsked) await operation.ask(changing);
  for (const shown of await applyEach(
    changing,
    operation,
    view,
    { ...settings, failed },
    context,
  )) {
    ends.set(shown.row.label, shown);
  }
  return outcome();
}

/**
 * The error with which the real run would end because an answer is missing; null when it has all, and on a terminal,
 * where it would ask.
 */
async function unansweredOf<P, R>(
  changing: readonly Planned<P>[],
  operation: Operation<P, R>,
  { prompts }: Context,
): Promise<KpluginError | null> {
  if (prompts.interactive) return null;
  try {
    await operation.ask(changing);
    return null;
  } catch (thrown) {
    if (thrown instanceof KpluginError && thrown.exit === EXIT.usage) return thrown;
    throw thrown;
  }
}

function beforeOf<P, R>(all: readonly Planned<P>[], view: OperationView<P, R>): View {
  return { lines: all.flatMap(({ plan }) => view.before(plan)) };
}

/** The plan is shown even under `--quiet` if the user is asked to consent to it. */
function tell(plan: View, isAsked: boolean, { log, prompts, globals }: Context): Promise<void> {
  return log.show(plan, isAsked && prompts.interactive && !globals.yes ? 'be-seen' : undefined);
}

function interruptedEarly(looks: readonly HostWithResult<HostConnection, unknown>[]): KpluginError {
  return new KpluginError({
    code: 'interrupted',
    exit: EXIT.interrupted,
    message: `interrupted; no change was sent to ${some(looks.map(({ host }) => host.label))}`,
    hint: 'run the same command again',
  });
}

/** Throws an error that is shared by all hosts (the same object), such as an invalid package. */
function refuseShared(looks: readonly HostWithResult<HostConnection, unknown>[]): void {
  const errors = new Set(looks.map(({ end }) => (end.state === 'failed' ? end.error : null)));
  const [error] = errors;
  if (errors.size === 1 && error instanceof KpluginError && looks.length > 1) throw error;
}

const INTERRUPTED =
  'interrupted: no other host is started; hosts in progress are restored first (press Ctrl-C again to leave them as they are)';

async function applyEach<P, R>(
  changing: readonly Planned<P>[],
  operation: Operation<P, R>,
  view: OperationView<P, R>,
  { numbers, reach, failed, isGroup, gates }: OperationSettings & { readonly failed: number },
  context: Context,
): Promise<readonly Shown<P, R>[]> {
  if (changing.length === 0) return [];
  const labels = changing.map(({ label }) => label);
  const board = boardFor(labels, context, 'print');
  const onAbort = (): void => context.log.info(INTERRUPTED);
  if (labels.length > 1 || isGroup)
    context.signal.addEventListener('abort', onAbort, { once: true });
  const rowFor = ({ host, end }: HostWithResult<Planned<P>, R>): HostRow =>
    rowOf(host.label, view.versionOf(host.plan), end, view.doneRow, context.signal);
  const { signal } = context;
  const clock = systemClock(signal);
  const look = operation.look?.bind(operation);
  try {
    const ends = await rollout(
      changing,
      {
        ...numbers,
        failedBefore: failed,
        signal,
        clock,
        gates: look === undefined ? [] : gateCounts(changing.length, numbers.canary, gates),
      },
      ({ host, plan }) =>
        atHost({ host, reach, board, context }, (client, effects) =>
          operation.apply(client, plan, effects),
        ),
      {
        started: ({ label }, isCanary) =>
          board.atWork(label, isCanary ? 'first, alone' : 'reading its state'),
        ended: (one, end) => {
          // Skipped hosts are only in the table.
          if (end.state === 'not-started') return;
          const row = rowFor({ host: one, end });
          board.ended(one.label, rowText(row), row.error !== null);
        },
        gate: async (done) => {
          const hosts = done.map(({ host: { host, label }, value }) => ({
            label,
            first: async () => {
              const again = await atHost({ host, reach, board, context }, (client) =>
                // Without a look there are no gates.
                look === undefined ? Promise.resolve(async () => []) : look(client, value),
              );
              return (waited: number) =>
                atHost({ host, reach, board, context }, (client) => again(client, waited));
            },
          }));
          const failures = await passGate(hosts, gates.pause ?? 0, clock, context);
          return new Map(
            done.flatMap(({ host }) =>
              failures.has(host.label) ? [[host, failures.get(host.label)] as const] : [],
            ),
          );
        },
      },
    );
    return ends.map((ended) => ({
      row: rowFor(ended),
      plan: ended.host.plan,
      done: ended.end.state === 'done' ? ended.end.value : null,
    }));
  } finally {
    context.signal.removeEventListener('abort', onAbort);
    board.close();
  }
}
