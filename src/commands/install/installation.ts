import type { Context } from '../../cli/context.ts';
import type { InstallAction } from '../../deploy/change/plan.ts';
import {
  applyInstallation,
  type InstallRequest,
  type InstallResult,
  nothingToInstall,
  type PlannedInstall,
  planInstallation,
} from '../../deploy/install/install.ts';
import type { Operation, OperationView, Planned } from '../../fleet/operation.ts';
import type { Order } from '../../fleet/plan-lines.ts';
import { approveUnsure } from '../../fleet/rollback-consent.ts';
import type { HostRow, RowState } from '../../fleet/rollout-row.ts';
import { pluginAt } from '../../model/shell-word.ts';
import { installedData, installedText, plannedData, plannedText } from './install-text.ts';
import { plansText, summarize } from './plans-text.ts';
import { approveScripts } from './script-consent.ts';
import { sharedPackage } from './shared-package.ts';

/** An installation; the package is made once for all hosts of a kind. */
export function installation(
  request: InstallRequest,
  allowScript: boolean,
  context: Context,
): Operation<PlannedInstall, InstallResult> {
  const obtain = sharedPackage();
  return {
    plan: (client, effects) => planInstallation(client, request, { ...effects, obtain }),
    settled: (planned) => nothingToInstall(planned, request),
    apply: (client, planned, effects) => applyInstallation(client, planned, request, effects),
    ask: async (changing) => {
      const scripts = changing
        .filter(({ plan: { plan } }) => plan.action !== 'unchanged')
        .map(({ label, plan: { candidate, plan } }) => ({ label, script: candidate.script, plan }));
      await approveScripts(scripts, allowScript, context);
      const unsure = changing.filter(({ plan: { plan } }) => plan.rollback.state === 'unsure');
      await approveUnsure(
        unsure.map(({ label, plan: { plan } }) => ({ label, plan })),
        context,
      );
    },
  };
}

/** How it is shown. */
export function installationView(): OperationView<PlannedInstall, InstallResult> {
  return {
    versionOf: ({ plan }) => plan.present?.plugin.version ?? null,
    planRow: (label, planned) => ({
      ...rowBase(label, planned),
      state: planned.plan.action === 'unchanged' ? 'unchanged' : 'planned',
      note: planned.plan.action === 'unchanged' ? '' : planned.plan.action,
      data: plannedData(planned, label),
      notes: [],
    }),
    doneRow: (label, result) => ({
      ...rowBase(label, result),
      state: DONE[result.plan.action],
      note: '',
      data: installedData(result, label),
      notes: result.notes,
    }),
    plans: plansOf,
    before: ({ warned }) => warned.map((note) => `note: ${note}`),
    planText: plannedText,
    doneText: installedText,
    next: (host, { plan }) => [`kplugin status ${pluginAt(plan.name, host)}`],
  };
}

const DONE: Readonly<Record<InstallAction, RowState>> = {
  install: 'installed',
  update: 'updated',
  restart: 'started again',
  unchanged: 'unchanged',
};

function rowBase(
  label: string,
  { plan }: PlannedInstall,
): Pick<HostRow, 'label' | 'before' | 'after' | 'ms' | 'error'> {
  const before = plan.present?.plugin.version ?? null;
  return { label, before, after: plan.version, ms: null, error: null };
}

function plansOf(all: readonly Planned<PlannedInstall>[], order: Order): string {
  const plan = all[0]?.plan.plan;
  const what = plan === undefined ? 'the plugin' : `${plan.name} ${plan.version}`.trim();
  const summary = summarize(
    all.map(({ label, plan: { plan: one, warned } }) => ({ label, plan: one, warned })),
  );
  return plansText(summary, what, order);
}
