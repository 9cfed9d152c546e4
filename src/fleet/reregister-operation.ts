import type { Context } from '../cli/context.ts';
import { healthData, healthText } from '../cli/output/plugin-state-text.ts';
import { bold, good, joined, note, type View } from '../cli/output/view.ts';
import type { Clock } from '../client/clock.ts';
import type { HostClient } from '../client/host-client.ts';
import { versionOf } from '../deploy/change/rollback-target.ts';
import {
  type Redeployed,
  type RedeployPlan,
  redeploy,
  risksWhatRuns,
  runsAlready,
  unchangedRedeploy,
} from '../deploy/history/redeploy.ts';
import { pluginAt, shellWord } from '../model/shell-word.ts';
import type { Operation, OperationView, Planned } from './operation.ts';
import {
  groupHosts,
  type HostsBy,
  known,
  type Order,
  planData,
  planFacts,
  planView,
  row,
  some,
} from './plan-text.ts';
import { approveUnsure } from './rollback-consent.ts';
import type { HostRow, RowState } from './rollout-rows.ts';

/** A package to register again, and how. */
interface Reregistration {
  /** Milliseconds for the plugin to start; null: {@link LIMIT}. */
  readonly limit: number | null;
  /** Whether hosts that already run the version are skipped; true when a version is named. */
  readonly skipsUnchanged: boolean;
  /** Plans the change of a host; sends no change. */
  plan(client: HostClient, clock: Clock): Promise<RedeployPlan>;
}

const LIMIT = 90_000;

/** The operation of `rollback` and `restart`: registers the plugin again. */
export function reregisterOperation(
  again: Reregistration,
  context: Context,
): Operation<RedeployPlan, Redeployed> {
  const { skipsUnchanged } = again;
  const limit = again.limit ?? LIMIT;
  return {
    plan: (client, { clock }) => again.plan(client, clock),
    settled: (planned) => (skipsUnchanged ? unchangedRedeploy(planned) : null),
    apply: (client, planned, effects) => redeploy(client, planned, { ...effects, limit }),
    ask: (changing) =>
      approveUnsure(
        changing.flatMap(({ label, plan }) =>
          risksWhatRuns(plan) ? [{ label, plan: plan.plan }] : [],
        ),
        context,
      ),
  };
}

/** The command as it was typed. */
interface TypedCommand {
  readonly act: 'rollback' | 'restart';
  /** The plugin; empty when it was left out because the host has only one. */
  readonly name: string;
  readonly skipsUnchanged: boolean;
}

/** How `rollback` and `restart` are shown. */
export function reregisterView(again: TypedCommand): OperationView<RedeployPlan, Redeployed> {
  const { act, skipsUnchanged } = again;
  return {
    versionOf: ({ plan }) => plan.present?.plugin.version ?? null,
    planRow: (label, planned) => ({
      ...rowBase(label, planned),
      state: 'planned',
      note: act,
      data: againPlanData(planned, label),
      notes: [],
    }),
    doneRow: (label, result) => ({
      ...rowBase(label, result),
      state: stateOf(result, act),
      note: '',
      data: againData(result, label),
      notes: result.after.notes,
    }),
    plans: (all, order) => plansView(all, again, order),
    before: ({ warned }) => warned.map((note) => `note: ${note}`),
    planned: againPlanView,
    done: (result, host) => againDoneView(result, host, stateOf(result, act)),
    next: (first, { plan }) => [`kplugin history ${pluginAt(plan.name, first)}`],
    // Repeating the command would undo a rollback, and restart plugins that are already restarted.
    ...(skipsUnchanged ? {} : { again: (bad) => onlyThese(again, bad) }),
  };
}

function stateOf({ attempts }: Redeployed, act: TypedCommand['act']): RowState {
  if (attempts === 0) return 'unchanged';
  return act === 'rollback' ? 'rolled back' : 'restarted';
}

function rowBase(
  label: string,
  { plan }: Pick<RedeployPlan, 'plan'>,
): Pick<HostRow, 'label' | 'before' | 'after' | 'ms' | 'error'> {
  const before = plan.present?.plugin.version ?? null;
  return { label, before, after: plan.version, ms: null, error: null };
}

function unsureOf(changing: readonly Planned<RedeployPlan>[]): HostsBy {
  return by(changing, (plan) =>
    risksWhatRuns(plan) ? [plan.plan.rollback.reason ?? 'it is not known'] : [],
  );
}

function plansView(
  all: readonly Planned<RedeployPlan>[],
  { act, name, skipsUnchanged }: TypedCommand,
  order: Order,
): View {
  const isLeft = ({ plan }: Planned<RedeployPlan>): boolean => skipsUnchanged && runsAlready(plan);
  const changing = all.filter((one) => !isLeft(one));
  const left = all.filter(isLeft).map(({ label }) => label);
  const to = by(changing, ({ target }) => [versionOf(target)]);
  const rows = [
    ...[...to].map(([version, labels]) => [
      act === 'rollback' ? `to ${version}` : version,
      String(labels.length),
      act === 'rollback' ? from(changing, labels) : some(labels),
    ]),
    row('unchanged', left, 'left alone'),
  ].filter((one) => one !== null);
  const notes = [
    ...known(
      'rules that use it',
      by(changing, ({ plan }) => plan.uses.map(({ rule }) => rule)),
    ),
    ...known('no sure rollback', unsureOf(changing)),
    ...known(
      'note',
      by(changing, ({ warned }) => warned),
    ),
  ];
  return planView(`the ${act} of ${name}`, all.length, rows, notes, {
    ...order,
    changing: changing.length,
  });
}

/** `from 1.1.0: edge1, edge2; from nothing: edge3`, where `nothing` means that the plugin was not installed. */
function from(changing: readonly Planned<RedeployPlan>[], labels: readonly string[]): string {
  const those = changing.filter(({ label }) => labels.includes(label));
  const versions = by(those, ({ plan }) => [
    plan.present === null ? 'nothing' : plan.present.plugin.version || 'no version',
  ]);
  return [...versions].map(([version, some_]) => `from ${version}: ${some(some_)}`).join('; ');
}

function by(
  all: readonly Planned<RedeployPlan>[],
  keysOf: (seen: RedeployPlan) => readonly string[],
): HostsBy {
  return groupHosts(all.map(({ label, plan }) => ({ label, keys: keysOf(plan) })));
}

const NAMED = 12;

function onlyThese({ act, name }: TypedCommand, bad: readonly HostRow[]): string {
  const hosts = bad.map(({ label }) => `--host ${shellWord(label)}`);
  const done = 'not for the hosts where it is done';
  return bad.length <= NAMED
    ? `kplugin ${act} ${name} ${hosts.join(' ')}\n(${done})`
    : `run the same for the ${bad.length} hosts that are left, ${done}`;
}

/** The result on one host; `state`: `rolled back`, `restarted`, `unchanged`. */
function againDoneView(result: Redeployed, host: string, state: string): View {
  const { plan, health, after, answerLost } = result;
  const before = plan.present?.plugin.version ?? '';
  const was = before === '' || before === plan.version ? '' : ` (was ${before})`;
  const version = plan.version === '' ? '' : ` ${plan.version}`;
  const what = `${version} on ${host}${was}: `;
  return {
    title: joined(good(state), ' ', bold(plan.name), what, healthText(health)),
    lines: [
      ...(state === 'unchanged' ? ['the host runs that version; nothing was sent'] : []),
      ...(answerLost ? ['connection lost; verified on the host'] : []),
    ],
    notes: after.notes.map(note),
  };
}

/** The result on one host for `--json`. */
function againData(result: Redeployed, host: string): object {
  const { plan, registration, health, after, attempts, answerLost, pruned } = result;
  return {
    ...subject(plan, host),
    registration,
    status: healthData(health),
    answerLost,
    attempts,
    pruned,
    rules: after.verdicts,
    notes: after.notes,
  };
}

/** The plan for one host for `--json`. */
function againPlanData({ plan, target, warned }: RedeployPlan, host: string): object {
  const { registration } = target;
  const data = { ...subject(plan, host), registration, notes: warned };
  // The upload size is 0, because the package is already on the host.
  return { ...data, plan: planData(plan, 0) };
}

function subject({ info, name, version, present }: RedeployPlan['plan'], host: string): object {
  return {
    host,
    ekuiper: info.version,
    plugin: name,
    version,
    previous: present && { version: present.plugin.version, registration: present.registration },
  };
}

/** The plan for one host under `rollback --dry-run`. */
function againPlanView({ plan, target, warned }: RedeployPlan, host: string): View {
  const where = ` to ${versionOf(target)} on ${host} (eKuiper ${plan.info.version})`;
  return {
    title: [good('would roll back'), ' ', bold(plan.name), where],
    facts: planFacts(plan, 0),
    notes: warned.map(note),
    below: ['nothing was sent'],
  };
}
