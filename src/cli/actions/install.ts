import { install as installPlugin } from '../../deploy/install/install.ts';
import { sourceArgument } from '../../deploy/install/source.ts';
import type { Action } from '../command.ts';
import type { install } from '../commands/install.ts';
import { installData, installText } from '../deploy/install-text.ts';
import { openHost, systemClock, timeoutOf } from '../deploy/open-host.ts';
import { approveScript } from '../deploy/script-consent.ts';
import { talkingWatcher } from '../deploy/talking-watcher.ts';
import { inTemporaryFolder } from '../temporary-folder.ts';

export const run: Action<typeof install.flags> = async ({ flags, args }, context) => {
  const source = args[0] ?? '.';
  const client = openHost(flags, context, { source: sourceArgument(source) });
  const host = client.address.label;
  try {
    return await inTemporaryFolder('kplugin-install-', async (scratch) => {
      const result = await installPlugin(
        client,
        {
          source,
          cwd: context.cwd,
          env: context.env,
          signal: context.signal,
          scratch,
          now: Date.now(),
          shellParas: flags.shellPara,
          force: flags.force,
          reinstall: flags.reinstall,
          limit: timeoutOf(flags.timeout),
        },
        {
          watcher: talkingWatcher(context.talk),
          clock: systemClock(context.signal),
          approveScript: (script, plan) =>
            approveScript({ script, plan, host, allowed: flags.allowInstallScript }, context),
        },
      );
      const name = result.plan.name;
      return {
        data: installData(result, host),
        human: (style) => installText(result, host, source, style),
        next: [`kplugin status ${name} --host ${host}`],
      };
    });
  } finally {
    await client.close();
  }
};
