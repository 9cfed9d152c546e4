import type { InstallAction, InstallPlan } from '../../deploy/change/plan.ts';
import { groupHosts, type HostsBy } from '../../fleet/hosts-by.ts';
import { notes, type Order, planLines, row, some } from '../../fleet/plan-lines.ts';

/** What is going to be done on one host. */
export interface PlannedHost {
  readonly label: string;
  readonly plan: InstallPlan;
  /** What it will do beside what was asked for. */
  readonly warned: readonly string[];
}

/** The plans of many hosts as one. */
export interface PlanSummary {
  readonly hosts: number;
  readonly actions: Readonly<Record<InstallAction, readonly string[]>>;
  /** Hosts that are updated, by the version they have; empty text where it has none. */
  readonly from: HostsBy;
  /** Hosts by eKuiper's version. */
  readonly ekuipers: HostsBy;
  /** Hosts by each rule that uses the plugin there and will notice. */
  readonly rules: HostsBy;
  /** Hosts by `plugin: symbol` that another plugin has there. */
  readonly collisions: HostsBy;
  /** Hosts by the reason why the version before cannot be promised. */
  readonly unsure: HostsBy;
  /** Hosts by what it will do there beside what was asked for. */
  readonly warned: HostsBy;
}

/** Sums up what is going to be done on many hosts. */
export function summarize(planned: readonly PlannedHost[]): PlanSummary {
  const changing = planned.filter(({ plan }) => plan.action !== 'unchanged');
  const withAction = (action: InstallAction): string[] =>
    planned.filter(({ plan }) => plan.action === action).map(({ label }) => label);
  return {
    hosts: planned.length,
    actions: {
      install: withAction('install'),
      update: withAction('update'),
      restart: withAction('restart'),
      unchanged: withAction('unchanged'),
    },
    from: hostsBy(
      planned.filter(({ plan }) => plan.action === 'update'),
      ({ present }) => [present?.plugin.version ?? ''],
    ),
    ekuipers: hostsBy(planned, ({ info }) => [info.version]),
    rules: hostsBy(changing, ({ uses }) => uses.map(({ rule }) => rule)),
    collisions: hostsBy(changing, ({ collisions }) =>
      collisions.map(({ symbol, owner }) => `${symbol.kind} ${symbol.name} of plugin ${owner}`),
    ),
    unsure: hostsBy(changing, ({ rollback }) =>
      rollback.state === 'unsure' ? [rollback.reason ?? 'it is not known'] : [],
    ),
    warned: groupHosts(changing.map(({ label, warned }) => ({ label, keys: warned }))),
  };
}

function hostsBy(
  planned: readonly PlannedHost[],
  keysOf: (plan: InstallPlan) => readonly string[],
): HostsBy {
  return groupHosts(planned.map(({ label, plan }) => ({ label, keys: keysOf(plan) })));
}

/** The plan of a rollout for people: what is done where, what is to be known of it, and in which order. */
export function plansText(summary: PlanSummary, what: string, order: Order): string {
  const { actions, hosts } = summary;
  const rows = [
    row('install', actions.install),
    row('update', actions.update, fromText(summary.from)),
    row('start again', actions.restart),
    row('unchanged', actions.unchanged, 'left alone'),
  ].filter((one) => one !== null);
  return planLines(
    what,
    hosts,
    rows,
    [
      ...notes('rules that use it', summary.rules),
      ...notes('taken symbols', summary.collisions),
      ...notes('no sure rollback', summary.unsure),
      ...notes('note', summary.warned),
    ],
    { ...order, changing: hosts - actions.unchanged.length },
  );
}

/** `from 1.0.0: edge1, edge2; from 1.1.0: edge3`. */
function fromText(from: HostsBy): string {
  return [...from]
    .sort(([one], [other]) => one.localeCompare(other, 'en', { numeric: true }))
    .map(([version, labels]) => `from ${version || 'a version without a number'}: ${some(labels)}`)
    .join('; ');
}
