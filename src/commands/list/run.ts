import type { Action } from '../../cli/command.ts';
import { healthData, healthText } from '../../cli/output/health-text.ts';
import { isSilent, rulesCount, rulesData } from '../../cli/output/rules-text.ts';
import type { Style } from '../../cli/output/style.ts';
import { textTable } from '../../cli/output/table.ts';
import { isDown } from '../../deploy/health/health.ts';
import {
  type Interrupted,
  interruptedFix,
  interruptedText,
} from '../../deploy/plugins/interrupted.ts';
import { type ListedPlugin, listPlugins, type PluginList } from '../../deploy/plugins/list.ts';
import {
  type FoundRow,
  failedCell,
  fleetOf,
  type HostRead,
  type ReadRow,
  readFleet,
} from '../../fleet/read-fleet.ts';
import { oneLine } from '../../model/printable.ts';
import { pluginAt, shellWord } from '../../model/shell-word.ts';
import type { list } from './command.ts';

export const run: Action<typeof list.flags> = ({ flags }, context) =>
  readFleet(fleetOf(flags, context), LIST, context);

const LIST: HostRead<PluginList> = {
  read: (client, { clock }) => listPlugins(client, clock),
  data,
  one: text,
  many: tableOfMany,
  next: nextOfAll,
};

function tableOfMany(rows: readonly ReadRow<PluginList>[], style: Style): string {
  const table = textTable([
    ['HOST', ...HEAD].map(style.dim),
    ...rows.flatMap((row) => rowsOf(row, style)),
  ]);
  const below = rows.flatMap(({ label, found }) =>
    found === null ? [] : linesBelow(found, style).map((line) => `${oneLine(label)}: ${line}`),
  );
  return `${table}${below.join('')}\n`;
}

/** The lines of one host in the table of many: one for each plugin, or why there is none. */
function rowsOf(row: ReadRow<PluginList>, style: Style): string[][] {
  const { label, found } = row;
  if (found === null) return [[label, ...HEAD.slice(1).map(() => ''), failedCell(row, style)]];
  if (found.plugins.length === 0) return [[label, 'no plugins']];
  return found.plugins.map((one) => [label, ...cells(one, style)]);
}

function data({ info, plugins, gone, odd }: PluginList): object {
  return {
    ekuiper: info.version,
    plugins: plugins.map((one) => ({
      ...one.plugin,
      ...healthData(one.health),
      ...rulesData(one),
      interrupted: one.interrupted,
    })),
    gone,
    odd,
  };
}

const HEAD = ['NAME', 'VERSION', 'LANGUAGE', 'SYMBOLS', 'RULES', 'STATE'];

function begunIn({ plugins, gone }: PluginList): Interrupted[] {
  return [...plugins.flatMap(({ interrupted }) => interrupted ?? []), ...gone];
}

function text(listed: PluginList, host: string, style: Style): string {
  const { info, plugins } = listed;
  const head = HEAD.map(style.dim);
  const table =
    plugins.length === 0
      ? `${oneLine(`no plugins on ${host} (eKuiper ${info.version})`)}\n`
      : textTable([head, ...plugins.map((row) => cells(row, style))]);
  return table + linesBelow(listed, style).join('');
}

/** As many as help; all of them stand in the JSON. */
const ODD_SHOWN = 3;

/** What the table of a host has no row for, and what somebody has to see to. */
function linesBelow(listed: PluginList, style: Style): string[] {
  const { odd } = listed;
  const more = odd.length > ODD_SHOWN ? `; ${odd.length - ODD_SHOWN} more like this` : '';
  return [
    ...begunIn(listed).map((one) => interruptedLine(one, style)),
    ...odd.slice(0, ODD_SHOWN).map((why, at) => {
      const rest = at === ODD_SHOWN - 1 ? more : '';
      return `${style.yellow('left out')}  ${oneLine(`in the answer of the host: ${why}${rest}`)}\n`;
    }),
  ];
}

function interruptedLine(interrupted: Interrupted, style: Style): string {
  const mark = interrupted.now === 'none' ? style.red('gone') : style.yellow('interrupted');
  return `${mark}  ${oneLine(`${style.bold(interrupted.plugin)}: ${interruptedText(interrupted)}`)}\n`;
}

function cells(listed: ListedPlugin, style: Style): string[] {
  const { plugin, health } = listed;
  const symbols = [
    counted(plugin.sources, 'source'),
    counted(plugin.sinks, 'sink'),
    counted(plugin.functions, 'function'),
  ];
  return [
    style.bold(plugin.name),
    plugin.version || '-',
    plugin.language,
    symbols.filter((part) => part !== '').join(', '),
    rulesCount(listed, style),
    healthText(health, style),
  ];
}

function counted(names: readonly string[], kind: string): string {
  if (names.length === 0) return '';
  return names.length === 1 ? `1 ${kind}` : `${names.length} ${kind}s`;
}

/** Where all hosts are empty, how the first one gets a plugin. */
function nextOfAll(rows: readonly FoundRow<PluginList>[]): string[] {
  const isEmpty = rows.every(({ found }) => found.plugins.length + found.gone.length === 0);
  if (!isEmpty) return rows.flatMap(({ found, label }) => nextCommands(found, label));
  return rows
    .slice(0, 1)
    .map(({ label }) => `kplugin install <dir|zip> --host ${shellWord(label)}`);
}

function nextCommands({ plugins, gone }: PluginList, host: string): string[] {
  return [
    ...gone.map((one) => interruptedFix(one, host)),
    ...plugins.flatMap(({ plugin, health, troubles, interrupted }) => {
      if (isDown(health)) {
        return interrupted === null
          ? [`kplugin restart ${pluginAt(plugin.name, host)}`]
          : [interruptedFix(interrupted, host)];
      }
      if (troubles.some(isSilent)) return [`kplugin restart ${pluginAt(plugin.name, host)}`];
      const isInTrouble = troubles.length > 0 || interrupted !== null;
      return isInTrouble ? [`kplugin status ${pluginAt(plugin.name, host)}`] : [];
    }),
  ];
}
