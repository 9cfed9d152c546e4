import type { Context } from '../cli/context.ts';
import type { Clock } from '../client/clock.ts';
import type { HostClient } from '../client/host-client.ts';
import {
  type AgainPlan,
  type RegisteredAgain,
  registerAgain,
  risksWhatRuns,
  runsAlready,
} from '../deploy/history/again.ts';
import { versionOf } from '../deploy/install/rollback-target.ts';
import { isSameRegistration } from '../deploy/record/record.ts';
import { LIMIT } from '../hosts/with-recovery.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import { pluginAt, shellWord } from '../model/shell-word.ts';
import { againData, againPlanData } from './again-text.ts';
import { groupHosts, type HostsBy } from './plan-summary.ts';
import { type AtHost, atHost } from './rollout-at-host.ts';
import type { HostWork, Seen } from './rollout-change.ts';
import { approveUnsure } from './rollout-consents.ts';
import { stillAgreed } from './rollout-host.ts';
import { notes, type Order, planLines, row, some } from './rollout-plan-text.ts';
import type { HostRow } from './rollout-row.ts';
import { withoutDryRun } from './without-dry-run.ts';

/** What is registered again on many hosts. */
export interface AgainOnMany {
  readonly act: 'rollback' | 'restart';
  /** The plugin. */
  readonly name: string;
  readonly dryRun: boolean;
  /** Whether hosts that run it already are left alone: where a version is named. */
  readonly leaves: boolean;
  /** What would be done on a host; changes nothing. */
  plan(client: HostClient, clock: Clock): Promise<AgainPlan>;
}

/** A rollback or a restart as the work of a rollout. */
export function redeploy(
  again: AgainOnMany,
  context: Context,
): HostWork<AgainPlan, RegisteredAgain> {
  const { act, name, dryRun, leaves } = again;
  const isDone = (seen: AgainPlan): boolean => leaves && runsAlready(seen);
  const next = (first: string): string[] => [
    dryRun ? withoutDryRun(context) : `kplugin history ${pluginAt(name, first)}`,
  ];
  return {
    look: (at) => atHost(at, (client, { clock }) => again.plan(client, clock)),
    change: (at, seen) => changeOne(at, seen, again),
    isDone,
    versionOf: ({ plan }) => plan.present?.plugin.version ?? null,
    seenRow: (label, seen) => ({
      ...rowBase(label, seen),
      state: isDone(seen) ? 'unchanged' : 'planned',
      note: isDone(seen) ? '' : act,
      data: againPlanData(seen, label),
      notes: [],
    }),
    doneRow: (label, result) => ({
      ...rowBase(label, result),
      state: act === 'rollback' ? 'rolled back' : 'restarted',
      note: '',
      data: againData(result, label),
      notes: result.after.notes,
    }),
    plan: (all, order) => planText(all, { ...again, isDone }, order),
    ask: (changing) => approveUnsure(unsureOf(changing), context),
    // A second rollback would go forward again, and a restart would restart what runs.
    about: { next, ...(leaves || dryRun ? {} : { again: (bad) => onlyThese(again, bad) }) },
  };
}

async function changeOne(
  at: AtHost,
  seen: AgainPlan,
  { plan: planOn }: AgainOnMany,
): Promise<RegisteredAgain> {
  const { label } = at.host;
  return atHost(at, async (client, effects) => {
    const now = await planOn(client, effects.clock);
    if (!isSameRegistration(now.target.registration, seen.target.registration)) {
      throw changedSince(label, now, seen);
    }
    return registerAgain(client, now, {
      ...effects,
      limit: at.reach.timeout ?? LIMIT,
      approveNoRollback: (plan) => stillAgreed(label, plan, risksWhatRuns(seen) ? seen.plan : null),
    });
  });
}

function changedSince(label: string, now: AgainPlan, seen: AgainPlan): KpluginError {
  return new KpluginError({
    code: 'changed-since-plan',
    exit: EXIT.host,
    message: `${label} has changed since the plan was made; nothing was sent`,
    reason: `it would be ${versionOf(now.target)} now, and ${versionOf(seen.target)} was agreed to`,
    hint: `look at it: kplugin history ${pluginAt(now.plan.name, label)}`,
  });
}

function rowBase(
  label: string,
  { plan }: Pick<AgainPlan, 'plan'>,
): Pick<HostRow, 'label' | 'before' | 'after' | 'ms' | 'error'> {
  const before = plan.present?.plugin.version ?? null;
  return { label, before, after: plan.version, ms: null, error: null };
}

function unsureOf(changing: readonly Seen<AgainPlan>[]): HostsBy {
  return by(changing, (seen) =>
    risksWhatRuns(seen) ? [seen.plan.rollback.reason ?? 'it is not known'] : [],
  );
}

type Act = AgainOnMany & { isDone(seen: AgainPlan): boolean };

function planText(all: readonly Seen<AgainPlan>[], { act, name, isDone }: Act, order: Order) {
  const changing = all.filter(({ seen }) => !isDone(seen));
  const left = all.filter(({ seen }) => isDone(seen)).map(({ label }) => label);
  const to = by(changing, ({ target }) => [versionOf(target)]);
  const rows = [
    ...[...to].map(([version, labels]) => [
      act === 'rollback' ? `to ${version}` : version,
      String(labels.length),
      act === 'rollback' ? from(changing, labels) : some(labels),
    ]),
    row('unchanged', left, 'left alone'),
  ].filter((one) => one !== null);
  const known = [
    ...notes(
      'rules that use it',
      by(changing, ({ plan }) => plan.uses.map(({ rule }) => rule)),
    ),
    ...notes('no sure rollback', unsureOf(changing)),
    ...notes(
      'note',
      by(changing, ({ warned }) => warned),
    ),
  ];
  return planLines(`the ${act} of ${name}`, all.length, rows, known, {
    ...order,
    changing: changing.length,
  });
}

/** `from 1.1.0: edge1, edge2; from nothing: edge3`. */
function from(changing: readonly Seen<AgainPlan>[], labels: readonly string[]): string {
  const those = changing.filter(({ label }) => labels.includes(label));
  const versions = by(those, ({ plan }) => [
    plan.present === null ? 'nothing' : plan.present.plugin.version || 'no version',
  ]);
  return [...versions].map(([version, some_]) => `from ${version}: ${some(some_)}`).join('; ');
}

function by(
  all: readonly Seen<AgainPlan>[],
  keysOf: (seen: AgainPlan) => readonly string[],
): HostsBy {
  return groupHosts(all.map(({ label, seen }) => ({ label, keys: keysOf(seen) })));
}

const NAMED = 12;

function onlyThese({ act, name }: AgainOnMany, bad: readonly HostRow[]): string {
  const hosts = bad.map(({ label }) => `--host ${shellWord(label)}`);
  const done = 'not for the hosts where it is done';
  return bad.length <= NAMED
    ? `kplugin ${act} ${name} ${hosts.join(' ')}\n(${done})`
    : `run the same for the ${bad.length} hosts that are left, ${done}`;
}
