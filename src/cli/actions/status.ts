import { cutOffFix } from '../../deploy/plugins/cut-off.ts';
import { describePlugin, type PluginDescription } from '../../deploy/plugins/describe.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { Action } from '../command.ts';
import type { status } from '../commands/status.ts';
import { cutOffRows } from '../deploy/cut-off-rows.ts';
import { healthData, healthText } from '../deploy/health-text.ts';
import { openHost } from '../deploy/open-host.ts';
import { rulesData, rulesRows } from '../deploy/rules-text.ts';
import { textTable } from '../deploy/table.ts';
import type { Style } from '../terminal/style.ts';

export const run: Action<typeof status.flags> = async ({ flags, args }, context) => {
  const client = openHost(flags, context);
  const host = client.address.label;
  try {
    const found = await describePlugin(client, args[0] ?? '');
    const { plugin, health } = found;
    const error = notRunning(found, host);
    return {
      data: {
        host,
        plugin: plugin.name,
        version: plugin.version,
        ...healthData(health),
        ...rulesData(found),
        cutOff: found.cutOff,
      },
      human: (style) => text(found, host, error, style),
      ...(error === null ? {} : { error }),
    };
  } finally {
    await client.close();
  }
};

function text(
  found: PluginDescription,
  host: string,
  error: KpluginError | null,
  style: Style,
): string {
  const { plugin, health } = found;
  const told = [...cutOffRows(found.cutOff, style), ...rulesRows(found, style)];
  const rows = told.map(([label, line]) => [`  ${style.dim(label)}`, line]);
  return (
    `${style.bold(plugin.name)} ${plugin.version} on ${host}: ${healthText(health, style)}\n` +
    `  ${health.meaning}\n${textTable(rows)}` +
    (error === null ? '' : `  ${style.dim('fix')}  ${error.hint}\n`)
  );
}

function notRunning(
  { plugin, health, cutOff }: PluginDescription,
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
      : cutOff !== null
        ? cutOffFix(cutOff, host)
        : `kplugin restart ${plugin.name} --host ${host}`,
  });
}
