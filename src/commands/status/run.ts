import type { Action } from '../../cli/command.ts';
import { healthData, healthText, healthWord } from '../../cli/output/health-text.ts';
import { interruptedRows } from '../../cli/output/interrupted-rows.ts';
import { isSilent, rulesCount, rulesData, rulesRows } from '../../cli/output/rules-text.ts';
import type { Style } from '../../cli/output/style.ts';
import { textTable } from '../../cli/output/table.ts';
import { describePlugin, type PluginDescription } from '../../deploy/plugins/describe.ts';
import { interruptedFix } from '../../deploy/plugins/interrupted.ts';
import { isMany } from '../../fleet/rollout-flags.ts';
import { failedCell, type HostRead, type ReadRow, readMany } from '../../fleet/rollout-read.ts';
import { openHost } from '../../hosts/open-host.ts';
import { resolveHosts } from '../../hosts/resolve.ts';
import { systemClock } from '../../hosts/system-clock.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { oneLine } from '../../model/printable.ts';
import { pluginAt } from '../../model/shell-word.ts';
import type { status } from './command.ts';

export const run: Action<typeof status.flags> = async ({ flags, args }, context) => {
  const hosts = resolveHosts(flags, context);
  const name = args[0] ?? '';
  if (isMany(hosts, flags)) return readMany(hosts, statusOf(name), flags, context);
  const client = openHost(flags, context);
  const host = client.address.label;
  try {
    const found = await describePlugin(client, name, systemClock(context.signal));
    const error = notRunning(found, host);
    return {
      data: data(found, host),
      human: (style) => text(found, host, error, style),
      ...(error === null ? {} : { error }),
      ...(error === null ? nextOf(found, host) : {}),
    };
  } finally {
    await client.close();
  }
};

function nextOf(
  { plugin, interrupted, troubles }: PluginDescription,
  host: string,
): { next?: string[] } {
  if (interrupted !== null) return { next: [interruptedFix(interrupted, host)] };
  if (!troubles.some(isSilent)) return {};
  return { next: [`kplugin restart ${pluginAt(plugin.name, host)}`] };
}

function statusOf(name: string): HostRead<PluginDescription> {
  return {
    read: (client, clock) => describePlugin(client, name, clock),
    verdict: notRunning,
    data,
    state: ({ health }) => healthWord(health),
    human: tableOfMany,
  };
}

function tableOfMany(rows: readonly ReadRow<PluginDescription>[], style: Style): string {
  const head = ['HOST', 'VERSION', 'RULES', 'STATE'].map(style.dim);
  const table = rows.map((row) => {
    const { label, found } = row;
    if (found === null) return [label, '', '', failedCell(row, style)];
    const { plugin, health, interrupted } = found;
    const begun = interrupted === null ? '' : style.yellow(' (interrupted)');
    const version = plugin.version || '-';
    return [label, version, rulesCount(found, style), `${healthText(health, style)}${begun}`];
  });
  return `${textTable([head, ...table])}\n`;
}

function data(found: PluginDescription, host: string): object {
  const { plugin, health, interrupted } = found;
  const { name, version } = plugin;
  return { host, plugin: name, version, ...healthData(health), ...rulesData(found), interrupted };
}

function text(
  found: PluginDescription,
  host: string,
  error: KpluginError | null,
  style: Style,
): string {
  const { plugin, health } = found;
  const told = [...interruptedRows(found.interrupted, style), ...rulesRows(found, style)];
  const rows = told.map(([label, line]) => [`  ${style.dim(label)}`, line]);
  return (
    `${oneLine(`${style.bold(plugin.name)} ${plugin.version} on ${host}: ${healthText(health, style)}`)}\n` +
    `  ${oneLine(health.meaning)}\n${textTable(rows)}` +
    (error === null ? '' : `  ${style.dim('fix')}  ${error.hint}\n`)
  );
}

function notRunning(
  { plugin, health, interrupted }: PluginDescription,
  host: string,
): KpluginError | null {
  if (health.state === 'running' || health.state === 'unknown') return null;
  const starting = health.state === 'starting';
  return new KpluginError({
    code: `plugin-${health.state}`,
    exit: EXIT.host,
    message: `plugin ${plugin.name} does not run on ${host}`,
    reason: health.meaning,
    hint: starting
      ? `ask again in a moment: kplugin status ${pluginAt(plugin.name, host)}`
      : interrupted !== null
        ? interruptedFix(interrupted, host)
        : `kplugin restart ${pluginAt(plugin.name, host)}`,
  });
}
