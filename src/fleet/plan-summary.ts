import type { InstallAction, InstallPlan } from '../deploy/install/plan.ts';

/** What is going to be done on one host. */
export interface PlannedHost {
  readonly label: string;
  readonly plan: InstallPlan;
  /** What it will do beside what was asked for. */
  readonly warned: readonly string[];
}

/** Hosts by something they have in common; the labels in the order in which they were named. */
export type HostsBy = ReadonlyMap<string, readonly string[]>;

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

/** The labels of those that have a key, by key; keys and labels in the order in which they are met. */
export function groupHosts(
  hosts: readonly { readonly label: string; readonly keys: readonly string[] }[],
): HostsBy {
  const found = new Map<string, string[]>();
  for (const { label, keys } of hosts) {
    for (const key of new Set(keys)) found.set(key, [...(found.get(key) ?? []), label]);
  }
  return found;
}
