import type { Action } from '../../cli/command.ts';
import { inTemporaryFolder } from '../../cli/temporary-folder.ts';
import { install as installPlugin } from '../../deploy/install/install.ts';
import { refuseNoSource } from '../../deploy/install/obtain.ts';
import { sourceArgument } from '../../deploy/install/source.ts';
import { installPlanText } from '../../fleet/install-plan-text.ts';
import { installData, installText } from '../../fleet/install-text.ts';
import { isMany } from '../../fleet/rollout-flags.ts';
import { approveScript } from '../../fleet/script-consent.ts';
import { openRescuedHost, systemClock } from '../../hosts/open-host.ts';
import { timeoutOf } from '../../hosts/reach.ts';
import { resolveHosts } from '../../hosts/resolve.ts';
import { talkingWatcher } from '../../hosts/talking-watcher.ts';
import { approveNoWayBack } from '../../hosts/way-back-consent.ts';
import { pluginAt } from '../../model/shell-word.ts';
import type { install } from './command.ts';
import { installOnMany } from './install-on-many.ts';

export const run: Action<typeof install.flags> = async ({ flags, args }, context) => {
  const source = args[0] ?? '.';
  await refuseNoSource(source, context.cwd);
  const hosts = resolveHosts(flags, context);
  if (isMany(hosts, flags)) return installOnMany(hosts, source, flags, context);
  const named = { source: sourceArgument(source) };
  const { client, rescue, unbroken } = openRescuedHost(flags, context, named);
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
          rescue,
          rescueClock: systemClock(unbroken),
          approveNoWayBack: (plan) => approveNoWayBack(plan, host, context),
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
