import type { FlagValues } from '../../cli/command.ts';
import type { Context } from '../../cli/context.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { inTemporaryFolder } from '../../cli/temporary-folder.ts';
import type { HostConnection } from '../../client/connection.ts';
import type { InstallResult } from '../../deploy/install/install.ts';
import { sourceArgument } from '../../deploy/install/source.ts';
import { type PlanSummary, summarize } from '../../fleet/plan-summary.ts';
import { changeMany, type HostWork, type Seen } from '../../fleet/rollout-change.ts';
import { askOnce } from '../../fleet/rollout-consents.ts';
import { rollOutNumbers } from '../../fleet/rollout-flags.ts';
import { type InstallWork, installOn } from '../../fleet/rollout-host.ts';
import { WITHOUT_DRY_RUN } from '../../fleet/rollout-outcome.ts';
import { planText } from '../../fleet/rollout-plan-text.ts';
import { doneRow } from '../../fleet/rollout-rows.ts';
import { sharedPackage } from '../../fleet/shared-package.ts';
import { reachOf } from '../../hosts/reach.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { install } from './command.ts';

type InstallFlags = FlagValues<typeof install.flags>;

/** Installs on several hosts, from a package that is made once. Throws and resolves as {@link changeMany}. */
export function installOnMany(
  named: readonly HostConnection[],
  source: string,
  flags: InstallFlags,
  context: Context,
): Promise<Outcome> {
  const numbers = rollOutNumbers(flags);
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
      next: (first) => [dryRun ? WITHOUT_DRY_RUN : `kplugin list --host ${shellWord(first)}`],
    },
  };
}

function summaryOf(all: readonly Seen<InstallResult>[]): PlanSummary {
  return summarize(
    all.map(({ label, seen }) => ({ label, plan: seen.plan, foretold: seen.foretold })),
  );
}

/** What runs there is what is wanted; one that is just starting is waited for in the roll-out. */
function isDone({ plan, health }: InstallResult): boolean {
  return plan.action === 'unchanged' && (health.state === 'running' || health.state === 'untold');
}

function nameOf(all: readonly Seen<InstallResult>[]): string {
  const plan = all[0]?.seen.plan;
  return plan === undefined ? 'the plugin' : `${plan.name} ${plan.version}`.trim();
}
