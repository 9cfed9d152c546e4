import type { PluginDescription } from '../../deploy/plugins/describe.ts';
import { pluginStatus } from '../../deploy/plugins/describe.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { Action } from '../command.ts';
import type { status } from '../commands/status.ts';
import { healthData, healthText } from '../deploy/health-text.ts';
import { openHost } from '../deploy/open-host.ts';

export const run: Action<typeof status.flags> = async ({ flags, args }, context) => {
  const client = openHost(flags, context);
  const host = client.address.label;
  try {
    const found = await pluginStatus(client, args[0] ?? '');
    const { plugin, health } = found;
    const error = notRunning(found, host);
    return {
      data: { host, plugin: plugin.name, version: plugin.version, ...healthData(health) },
      human: (style) =>
        `${style.bold(plugin.name)} ${plugin.version} on ${host}: ${healthText(health, style)}\n` +
        `  ${health.meaning}\n${rulesLine(health.rules)}` +
        (error === null ? '' : `  ${style.dim('fix')}  ${error.hint}\n`),
      ...(error === null ? {} : { error }),
    };
  } finally {
    await client.close();
  }
};

function rulesLine(rules: ReadonlyMap<string, number>): string {
  return rules.size === 0 ? '' : `  used by: ${[...rules.keys()].sort().join(', ')}\n`;
}

function notRunning(
  { plugin, health }: Omit<PluginDescription, 'registration'>,
  host: string,
): KpluginError | null {
  if (health.state === 'running' || health.state === 'untold') return null;
  const starting = health.state === 'starting';
  return new KpluginError({
    code: `plugin-${health.state}`,
    exit: EXIT.host,
    message: `plugin ${plugin.name} does not run on ${host}`,
    reason: health.meaning,
    hint: starting
      ? `ask again in a moment: kplugin status ${plugin.name} --host ${host}`
      : `installing the same package again starts it: kplugin install <dir|zip> --host ${host}`,
  });
}
