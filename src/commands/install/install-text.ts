import { healthData, healthText } from '../../cli/output/plugin-state-text.ts';
import { bold, good, joined, note, type View } from '../../cli/output/view.ts';
import type { Applied } from '../../deploy/change/change.ts';
import type { InstallAction, InstallPlan } from '../../deploy/change/plan.ts';
import type { InstallResult, PlannedInstall } from '../../deploy/install/install.ts';
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
} from '../../fleet/plan-text.ts';
import { has } from '../../model/behaviours.ts';

/** A host in `install --dry-run --json`. */
export function plannedData(planned: PlannedInstall, host: string): object {
  return installData(planned, null, host);
}

/** A host in `install --json` after the installation. */
export function installedData(result: InstallResult, host: string): object {
  return installData(result, result, host);
}

function installData(
  { plan, candidate, warned }: PlannedInstall,
  done: Pick<InstallResult, 'applied' | 'notes'> | null,
  host: string,
): object {
  const { present } = plan;
  const applied: Applied | null = done?.applied ?? null;
  const health = applied?.health ?? present?.health ?? null;
  const { config = [], restarted = [], verdicts = [] } = applied?.after ?? {};
  return {
    host,
    ekuiper: plan.info.version,
    plugin: plan.name,
    version: candidate.identity.version,
    action: plan.action,
    previous: present && {
      version: present.plugin.version,
      registration: present.registration,
    },
    package: {
      name: candidate.upload.name,
      size: candidate.upload.size,
      sha256: candidate.sha256,
      digest: candidate.digest,
    },
    registration: applied?.registration ?? present?.registration ?? null,
    // A dry run has read no status of a plugin that is not installed.
    status: health && healthData(health),
    answerLost: applied?.answerLost ?? false,
    attempts: applied?.attempts ?? 0,
    notes: [...new Set([...warned, ...(done?.notes ?? [])])],
    plan: planData(plan, candidate.upload.size),
    pruned: applied?.pruned ?? [],
    config: config.map(({ source, group, failure }) => {
      return { source, group, failure: failure === null ? null : failure.message };
    }),
    restarted,
    rules: verdicts,
    findings: candidate.findings,
  };
}

const WOULD: Record<InstallAction, string> = {
  install: 'would install',
  update: 'would update',
  restart: 'would start again',
  unchanged: 'would not change',
};

/** The view of `install --dry-run`. */
export function plannedView({ plan, candidate, warned }: PlannedInstall, host: string): View {
  const to = plan.action === 'update' ? ' to' : '';
  const version = plan.version === '' ? '' : `${to} ${plan.version}`;
  const where = `${version} on ${host} (eKuiper ${plan.info.version})`;
  return {
    title: [good(WOULD[plan.action]), ' ', bold(plan.name), where],
    facts: planFacts(plan, candidate.upload.size),
    notes: warned.map(note),
    below: ['nothing was sent'],
  };
}

const DONE: Record<InstallAction, string> = {
  install: 'installed',
  update: 'updated',
  restart: 'started again',
  unchanged: 'unchanged',
};

/** The view of an installation. */
export function installedView(result: InstallResult, host: string): View {
  const { plan, candidate, applied, notes } = result;
  const { health, answerLost, attempts } = applied;
  const { version } = candidate.identity;
  const what = ` ${version} on ${host}${change(result)}: `;
  const lines: string[] = [];
  if (plan.action === 'unchanged') lines.push('the host has just this content; nothing was sent');
  if (answerLost) lines.push('connection lost; verified on the host');
  if (attempts > 1) {
    const why = has(plan.info.version, 'reports-status')
      ? 'eKuiper killed its new process in the update'
      : 'no rows came after the first time';
    lines.push(`registered ${attempts} times, because ${why}`);
  }
  return {
    title: joined(good(DONE[plan.action]), ' ', bold(plan.name), what, healthText(health)),
    lines,
    notes: notes.map(note),
  };
}

function change({ plan, candidate }: PlannedInstall): string {
  const before = plan.present?.plugin.version ?? '';
  const shown = plan.action === 'update' && before !== '' && before !== candidate.identity.version;
  return shown ? ` (was ${before})` : '';
}

/** The planned installation on one host. */
interface PlannedHost {
  readonly label: string;
  readonly plan: InstallPlan;
  /** Side effects. */
  readonly warned: readonly string[];
}

/** The plans of several hosts in one. */
export interface PlanSummary {
  readonly hosts: number;
  readonly actions: Readonly<Record<InstallAction, readonly string[]>>;
  /** Updated hosts by their current version; empty text for no version. */
  readonly from: HostsBy;
  /** Hosts by eKuiper's version. */
  readonly ekuipers: HostsBy;
  /** Hosts by each rule that uses the plugin and is affected. */
  readonly rules: HostsBy;
  /** Hosts by `plugin: symbol` of another plugin with the same symbol. */
  readonly collisions: HostsBy;
  /** Hosts by the reason why a rollback cannot be promised. */
  readonly unsure: HostsBy;
  /** Hosts by side effect. */
  readonly warned: HostsBy;
}

/** Sums up the plans of several hosts. */
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

/** The view of a plan for several hosts: changes, notes and order. */
export function plansView(summary: PlanSummary, what: string, order: Order): View {
  const { actions, hosts } = summary;
  const rows = [
    row('install', actions.install),
    row('update', actions.update, fromText(summary.from)),
    row('start again', actions.restart),
    row('unchanged', actions.unchanged, 'left alone'),
  ].filter((one) => one !== null);
  return planView(
    what,
    hosts,
    rows,
    [
      ...known('rules that use it', summary.rules),
      ...known('taken symbols', summary.collisions),
      ...known('no sure rollback', summary.unsure),
      ...known('note', summary.warned),
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
