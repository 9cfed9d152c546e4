import type { Action, FlagValues } from '../../cli/command.ts';
import type { Context } from '../../cli/context.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { inTemporaryFolder } from '../../cli/temporary-folder.ts';
import type { HostConnection } from '../../client/connection.ts';
import { type InstallResult, install as installPlugin } from '../../deploy/install/install.ts';
import { refuseNoSource } from '../../deploy/install/obtain.ts';
import { sourceArgument } from '../../deploy/install/source.ts';
import { installPlanText } from '../../fleet/install-plan-text.ts';
import { installData, installText } from '../../fleet/install-text.ts';
import { type PlanSummary, summarize } from '../../fleet/plan-summary.ts';
import { changeMany, type HostWork, type Seen } from '../../fleet/rollout-change.ts';
import { askOnce } from '../../fleet/rollout-consents.ts';
import { isMany, rolloutNumbers } from '../../fleet/rollout-flags.ts';
import { type InstallWork, installOn } from '../../fleet/rollout-host.ts';
import { planText } from '../../fleet/rollout-plan-text.ts';
import { doneRow } from '../../fleet/rollout-rows.ts';
import { approveScript } from '../../fleet/script-consent.ts';
import { sharedPackage } from '../../fleet/shared-package.ts';
import { withoutDryRun } from '../../fleet/without-dry-run.ts';
import { openRecoveredHost, systemClock } from '../../hosts/open-host.ts';
import { reachOf, timeoutOf } from '../../hosts/reach.ts';
import { resolveHosts } from '../../hosts/resolve.ts';
import { approveNoRollback } from '../../hosts/rollback-target-consent.ts';
import { talkingWatcher } from '../../hosts/talking-watcher.ts';
import { pluginAt, shellWord } from '../../model/shell-word.ts';
import type { install } from './command.ts';

export const run: Action<typeof install.flags> = async ({ flags, args }, context) => {
  const source = args[0] ?? '.';
  await refuseNoSource(source, context.cwd);
  const hosts = resolveHosts(flags, context);
  if (isMany(hosts, flags)) return installOnMany(hosts, source, flags, context);
  const named = { source: sourceArgument(source) };
  const { client, recovery, unabortable } = openRecoveredHost(flags, context, named);
  const host = client.address.label;
  try {
    return await inTemporaryFolder('kplugin-install-', context.signal, async (scratch) => {
      const result = await installPlugin(
        client,
        {
          source,
          cwd: context.cwd,
          env: context.env,
          signal: context.signal,
          scratch,
          shellParas: flags.shellPara,
          force: flags.force,
          reinstall: flags.reinstall,
          limit: timeoutOf(flags.timeout),
          dryRun: flags.dryRun,
          applyConfig: flags.applyConfig,
          restartRules: flags.restartRules,
          allowSilence: flags.allowSilence,
        },
        {
          watcher: talkingWatcher(context.talk),
          clock: systemClock(context.signal),
          recovery,
          recoveryClock: systemClock(unabortable),
          approveNoRollback: (plan) => approveNoRollback(plan, host, context),
          approveScript: (script, plan) =>
            approveScript({ script, plan, host, allowed: flags.allowInstallScript }, context),
        },
      );
      const name = result.plan.name;
      return {
        data: installData(result, host),
        human: (style) =>
          result.dryRun ? installPlanText(result, host, style) : installText(result, host, style),
        next: result.dryRun ? [] : [`kplugin status ${pluginAt(name, host)}`],
      };
    });
  } finally {
    await client.close();
  }
};

type InstallFlags = FlagValues<typeof install.flags>;

/** Installs on several hosts, from a package that is made once. Throws and resolves as {@link changeMany}. */
function installOnMany(
  named: readonly HostConnection[],
  source: string,
  flags: InstallFlags,
  context: Context,
): Promise<Outcome> {
  const numbers = rolloutNumbers(flags);
  const reach = { ...reachOf(flags), source: sourceArgument(source) };
  return inTemporaryFolder('kplugin-install-', context.signal, (scratch) => {
    const { shellPara: shellParas, force, reinstall, applyConfig } = flags;
    const { restartRules, allowSilence } = flags;
    const { cwd, env } = context;
    const request = {
      source,
      cwd,
      env,
      scratch,
      now: Date.now(),
      shellParas,
      force,
      reinstall,
      limit: reach.timeout,
      applyConfig,
      restartRules,
      allowSilence,
    };
    const work = installWork({ request, obtain: sharedPackage() }, flags, context);
    return changeMany(named, work, { reach, numbers, dryRun: flags.dryRun }, context);
  });
}

function installWork(
  work: InstallWork,
  { allowInstallScript, dryRun }: InstallFlags,
  context: Context,
): HostWork<InstallResult, InstallResult> {
  return {
    look: (at) => installOn(at, work, null),
    change: (at, { plan }) => installOn(at, work, plan),
    isDone,
    versionOf: ({ plan }) => plan.present?.plugin.version ?? null,
    seenRow: doneRow,
    doneRow,
    plan: (all, order) => planText(summaryOf(all), nameOf(all), order),
    ask: (changing) =>
      askOnce(
        changing.map(({ label, seen }) => ({
          label,
          script: seen.candidate.script,
          plan: seen.plan,
        })),
        summaryOf(changing).unsure,
        allowInstallScript,
        context,
      ),
    about: {
      next: (first) => [
        dryRun ? withoutDryRun(context) : `kplugin list --host ${shellWord(first)}`,
      ],
    },
  };
}

function summaryOf(all: readonly Seen<InstallResult>[]): PlanSummary {
  return summarize(all.map(({ label, seen }) => ({ label, plan: seen.plan, warned: seen.warned })));
}

/** What runs there is what is wanted; one that is just starting is waited for in the rollout. */
function isDone({ plan, health }: InstallResult): boolean {
  return plan.action === 'unchanged' && (health.state === 'running' || health.state === 'unknown');
}

function nameOf(all: readonly Seen<InstallResult>[]): string {
  const plan = all[0]?.seen.plan;
  return plan === undefined ? 'the plugin' : `${plan.name} ${plan.version}`.trim();
}
