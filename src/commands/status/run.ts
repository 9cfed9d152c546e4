import type { Action } from '../../cli/command.ts';
import {
  healthData,
  healthText,
  healthWord,
  interruptedFacts,
  isSilent,
  rulesCount,
  rulesData,
  rulesFacts,
} from '../../cli/output/plugin-state-text.ts';
import { bold, type Cell, fix, joined, type View, warn } from '../../cli/output/view.ts';
import { describePlugin, type PluginDescription } from '../../deploy/plugins/host-plugins.ts';
import { interruptedFix } from '../../deploy/plugins/interrupted.ts';
import {
  failedCell,
  fleetOf,
  type HostRead,
  type ReadRow,
  readFleet,
} from '../../fleet/read-fleet.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { pluginAt } from '../../model/shell-word.ts';
import type { command } from './command.ts';

export const run: Action<typeof command.flags> = ({ flags, args }, context) =>
  readFleet(fleetOf(flags, context), statusOf(args[0] ?? ''), context);

function statusOf(name: string): HostRead<PluginDescription> {
  return {
    read: (client, { clock }) => describePlugin(client, name, clock),
    verdict: notRunning,
    data,
    state: ({ health }) => healthWord(health),
    one: view,
    many: (rows) => ({ table: { head: HEAD, rows: rows.map(rowOf) } }),
    next: (rows) => rows.flatMap(({ found, label }) => nextOf(found, label)),
  };
}

function nextOf({ plugin, interrupted, troubles }: PluginDescription, host: string): string[] {
  if (interrupted !== null) return [interruptedFix(interrupted, host)];
  const restart = troubles.some(isSilent) ? [`kplugin restart ${pluginAt(plugin.name, host)}`] : [];
  return [...restart, ...troubles.flatMap(({ fix: command }) => command ?? [])];
}

const HEAD = ['HOST', 'VERSION', 'RULES', 'STATE'];

function rowOf(row: ReadRow<PluginDescription>): Cell[] {
  const { label, found } = row;
  if (found === null) return [label, '', '', failedCell(row)];
  const { plugin, health, interrupted } = found;
  const begun = interrupted === null ? '' : warn(' (interrupted)');
  return [label, plugin.version || '-', rulesCount(found), joined(healthText(health), begun)];
}

function data(found: PluginDescription): object {
  const { plugin, health, interrupted } = found;
  const { name, version } = plugin;
  return { plugin: name, version, ...healthData(health), ...rulesData(found), interrupted };
}

function view(found: PluginDescription, host: string): View {
  const { plugin, health, interrupted } = found;
  const error = notRunning(found, host);
  return {
    title: joined(bold(plugin.name), ` ${plugin.version} on ${host}: `, healthText(health)),
    lines: [health.meaning],
    facts: [...interruptedFacts(interrupted), ...rulesFacts(found)],
    notes: [
      ...(error === null ? [] : [fix(error.hint)]),
      ...found.troubles.flatMap((one) => (one.fix === undefined ? [] : [fix(one.fix)])),
    ],
  };
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
