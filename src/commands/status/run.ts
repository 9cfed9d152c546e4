import type { Action } from '../../cli/command.ts';
import { healthData, healthText, healthWord } from '../../cli/output/health-text.ts';
import { interruptedRows } from '../../cli/output/interrupted-rows.ts';
import { isSilent, rulesCount, rulesData, rulesRows } from '../../cli/output/rules-text.ts';
import type { Style } from '../../cli/output/style.ts';
import { textTable } from '../../cli/output/table.ts';
import { describePlugin, type PluginDescription } from '../../deploy/plugins/describe.ts';
import { interruptedFix } from '../../deploy/plugins/interrupted.ts';
import {
  failedCell,
  fleetOf,
  type HostRead,
  type ReadRow,
  readFleet,
} from '../../fleet/read-fleet.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { oneLine } from '../../model/printable.ts';
import { pluginAt } from '../../model/shell-word.ts';
import type { status } from './command.ts';

export const run: Action<typeof status.flags> = ({ flags, args }, context) =>
  readFleet(fleetOf(flags, context), statusOf(args[0] ?? ''), context);

function statusOf(name: string): HostRead<PluginDescription> {
  return {
    read: (client, { clock }) => describePlugin(client, name, clock),
    verdict: notRunning,
    data,
    state: ({ health }) => healthWord(health),
    one: text,
    many: tableOfMany,
    next: (rows) => rows.flatMap(({ found, label }) => nextOf(found, label)),
  };
}

function nextOf({ plugin, interrupted, troubles }: PluginDescription, host: string): string[] {
  if (interrupted !== null) return [interruptedFix(interrupted, host)];
  return troubles.some(isSilent) ? [`kplugin restart ${pluginAt(plugin.name, host)}`] : [];
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

function data(found: PluginDescription): object {
  const { plugin, health, interrupted } = found;
  const { name, version } = plugin;
  return { plugin: name, version, ...healthData(health), ...rulesData(found), interrupted };
}

function text(found: PluginDescription, host: string, style: Style): string {
  const { plugin, health } = found;
  const error = notRunning(found, host);
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
