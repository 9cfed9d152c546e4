import type { HostConnection } from '../../deploy/client/connection.ts';
import type { InstallResult } from '../../deploy/install/install.ts';
import { distinctHosts } from '../../deploy/rollout/distinct.ts';
import type { Ended } from '../../deploy/rollout/host-end.ts';
import { summarize } from '../../deploy/rollout/plan-summary.ts';
import { rollOut } from '../../deploy/rollout/roll-out.ts';
import { sharedPackage } from '../../deploy/rollout/shared-package.ts';
import { KpluginError } from '../../model/error.ts';
import type { FlagValues } from '../command.ts';
import type { install } from '../commands/install.ts';
import type { Context } from '../context.ts';
import type { Outcome } from '../outcome.ts';
import { inTemporaryFolder } from '../temporary-folder.ts';
import { timeoutOf } from './open-host.ts';
import { RollOutBoard } from './rollout-board.ts';
import { askOnce, type Planned } from './rollout-consents.ts';
import { type RollOutNumbers, rollOutNumbers } from './rollout-flags.ts';
import { installOn, type RollOutWork } from './rollout-host.ts';
import { rollOutOutcome } from './rollout-outcome.ts';
import { planText } from './rollout-plan-text.ts';
import type { HostRow } from './rollout-row.ts';
import { doneRow, rowOf } from './rollout-rows.ts';
import { rowText } from './rollout-text.ts';
import { systemClock } from './system-clock.ts';
import { retriesOf } from './telling-retries.ts';

/** Reading is cheap for a host: so many are read at a time at least. */
const READ_PARALLEL = 16;

type InstallFlags = FlagValues<typeof install.flags>;

/**
 * Installs on several hosts: all are read first, one plan is shown and consented to, then the roll-out. Throws for
 * what is wrong before any host was changed and is the same for all; else the outcome tells of every host.
 */
export async function installOnMany(
  named: readonly HostConnection[],
  source: string,
  flags: InstallFlags,
  context: Context,
): Promise<Outcome> {
  const numbers = rollOutNumbers(flags);
  const { hosts, twins } = distinctHosts(named);
  for (const { label, same } of twins) {
    context.talk.say(`${label} and ${same} are the same host: it is done once`);
  }
  return inTemporaryFolder('kplugin-install-', async (scratch) => {
    const work = workOf(source, flags, scratch, context);
    const plans = await planAll(hosts, work, numbers, context);
    return carryOut(plans, work, numbers, flags, context);
  });
}

function workOf(
  source: string,
  flags: InstallFlags,
  scratch: string,
  context: Context,
): RollOutWork {
  const { shellPara: shellParas, force, reinstall, applyConfig, restartRules } = flags;
  const limit = timeoutOf(flags.timeout);
  return {
    request: {
      source,
      cwd: context.cwd,
      env: context.env,
      scratch,
      now: Date.now(),
      shellParas,
      force,
      reinstall,
      limit,
      applyConfig,
      restartRules,
    },
    obtain: sharedPackage(),
    timeout: limit,
    retries: retriesOf(flags.retries),
  };
}

type Plans = readonly Ended<HostConnection, InstallResult>[];

/** Reads every host; what is wrong for all of them in the same way is thrown. */
async function planAll(
  hosts: readonly HostConnection[],
  work: RollOutWork,
  { parallel }: RollOutNumbers,
  context: Context,
): Promise<Plans> {
  const board = new RollOutBoard(
    hosts.map(({ label }) => label),
    context.talk,
    'quiet',
  );
  try {
    const plans = await rollOut(
      hosts,
      {
        parallel: Math.max(parallel, READ_PARALLEL),
        canary: 0,
        maxFailures: Number.POSITIVE_INFINITY,
        signal: context.signal,
        clock: systemClock(context.signal),
      },
      (host) => installOn(host, work, board, context),
      {
        started: ({ label }) => board.atWork(label, 'looking at what it has'),
        ended: ({ label }, { state }) => board.ended(label, '', state === 'failed'),
      },
    );
    context.signal.throwIfAborted();
    refuseShared(plans);
    return plans;
  } finally {
    board.close();
  }
}

/** The package itself is broken or not there: the very same failure for every host. */
function refuseShared(plans: Plans): void {
  const errors = new Set(plans.map(({ end }) => (end.state === 'failed' ? end.error : null)));
  const [error] = errors;
  if (errors.size === 1 && error instanceof KpluginError && plans.length > 1) throw error;
}

async function carryOut(
  plans: Plans,
  work: RollOutWork,
  numbers: RollOutNumbers,
  flags: InstallFlags,
  context: Context,
): Promise<Outcome> {
  const planned = plans.flatMap(({ host, end }) =>
    end.state === 'done' ? [{ host, label: host.label, result: end.value }] : [],
  );
  const summary = summarize(
    planned.map(({ label, result }) => ({ label, plan: result.plan, foretold: result.foretold })),
  );
  const changing = planned.filter(({ result }) => !isDone(result));
  const failed = plans.length - planned.length;
  const text = planText(summary, nameOf(planned), { ...numbers, failed });
  const rows = new Map<string, HostRow>();
  for (const { host, end } of plans) {
    if (end.state !== 'done') rows.set(host.label, rowOf(host.label, null, end, false));
  }
  for (const { label, result } of planned) rows.set(label, doneRow(label, result));
  const all = (): HostRow[] => plans.flatMap(({ host }) => rows.get(host.label) ?? []);
  const about = { source: work.request.source, dryRun: flags.dryRun, plan: text };
  if (flags.dryRun) return rollOutOutcome(all(), about, context);
  if (planned.length > 0) context.talk.say(text);
  if (changing.length > 0 && failed <= numbers.maxFailures) {
    await askOnce(changing, summary.unsure, flags.allowInstallScript, context);
  }
  for (const row of await change(changing, work, { ...numbers, failed }, context)) {
    rows.set(row.label, row);
  }
  return rollOutOutcome(all(), about, context);
}

/** What runs there is what is wanted; one that is just starting is waited for in the roll-out. */
function isDone({ plan, health }: InstallResult): boolean {
  return plan.action === 'unchanged' && (health.state === 'running' || health.state === 'untold');
}

function nameOf(planned: readonly Planned[]): string {
  const plan = planned[0]?.result.plan;
  return plan === undefined ? 'the plugin' : `${plan.name} ${plan.version}`.trim();
}

const INTERRUPTED =
  'interrupted: no other host is begun; those at work are put right first (Ctrl-C again leaves them as they are)';

type Changing = Planned & { readonly host: HostConnection };

async function change(
  changing: readonly Changing[],
  work: RollOutWork,
  { failed, ...numbers }: RollOutNumbers & { readonly failed: number },
  context: Context,
): Promise<readonly HostRow[]> {
  const board = new RollOutBoard(
    changing.map(({ label }) => label),
    context.talk,
    'told',
  );
  const onAbort = (): void => context.talk.say(INTERRUPTED);
  context.signal.addEventListener('abort', onAbort, { once: true });
  const rowFor = ({ label, result }: Changing, end: Parameters<typeof rowOf>[2]): HostRow =>
    rowOf(label, result, end, context.signal.aborted);
  try {
    const ends = await rollOut(
      changing,
      {
        ...numbers,
        failedBefore: failed,
        signal: context.signal,
        clock: systemClock(context.signal),
      },
      ({ host, result }) => installOn(host, { ...work, agreed: result.plan }, board, context),
      {
        started: ({ label }, isCanary) =>
          board.atWork(label, isCanary ? 'first, alone' : 'looking at what it has'),
        ended: (one, end) => {
          // Those that were left alone stand in the table.
          if (end.state === 'not-started') return;
          const row = rowFor(one, end);
          board.ended(one.label, rowText(row), row.error !== null);
        },
      },
    );
    return ends.map(({ host, end }) => rowFor(host, end));
  } finally {
    context.signal.removeEventListener('abort', onAbort);
    board.close();
  }
}
