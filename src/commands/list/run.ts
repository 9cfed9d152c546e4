import type { Action } from '../../cli/command.ts';
import {
  healthData,
  healthText,
  isSilent,
  rulesCount,
  rulesData,
} from '../../cli/output/plugin-state-text.ts';
import { bad, bold, type Cell, joined, type Note, type View, warn } from '../../cli/output/view.ts';
import { isDown } from '../../deploy/health.ts';
import {
  type ListedPlugin,
  listPlugins,
  type PluginList,
} from '../../deploy/plugins/host-plugins.ts';
import {
  type Interrupted,
  interruptedFix,
  interruptedText,
} from '../../deploy/plugins/interrupted.ts';
import {
  type FoundRow,
  failedCell,
  fleetOf,
  type HostRead,
  type ReadRow,
  readFleet,
} from '../../fleet/read-fleet.ts';
import { pluginAt, shellWord } from '../../model/shell-word.ts';
import type { command } from './command.ts';

export const run: Action<typeof command.flags> = ({ flags }, context) =>
  readFleet(fleetOf(flags, context), LIST, context);

const LIST: HostRead<PluginList> = {
  read: (client, { clock }) => listPlugins(client, clock),
  data,
  one: view,
  many: tableOfMany,
  next: nextOfAll,
};

function tableOfMany(rows: readonly ReadRow<PluginList>[]): View {
  return {
    table: { head: ['HOST', ...HEAD], rows: rows.flatMap(rowsOf) },
    notes: rows.flatMap(({ label: host, found }) =>
      (found === null ? [] : notesBelow(found)).map(({ label, text }) => {
        return { label: joined(`${host}: `, label), text };
      }),
    ),
  };
}

/** The table rows of one host: one for each plugin, or one with the error. */
function rowsOf(row: ReadRow<PluginList>): Cell[][] {
  const { label, found } = row;
  if (found === null) return [[label, ...HEAD.slice(1).map(() => ''), failedCell(row)]];
  if (found.plugins.length === 0) return [[label, 'no plugins']];
  return found.plugins.map((one) => [label, ...cells(one)]);
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

function view(listed: PluginList, host: string): View {
  const { info, plugins } = listed;
  return {
    ...(plugins.length === 0
      ? { lines: [`no plugins on ${host} (eKuiper ${info.version})`] }
      : { table: { head: HEAD, rows: plugins.map(cells) } }),
    notes: notesBelow(listed),
  };
}

/** Maximum number that is shown; the JSON has all. */
const ODD_SHOWN = 3;

/** Notes below the table of a host: problems that need attention and have no row. */
function notesBelow(listed: PluginList): Note[] {
  const { odd } = listed;
  const more = odd.length > ODD_SHOWN ? `; ${odd.length - ODD_SHOWN} more like this` : '';
  return [
    ...begunIn(listed).map(interruptedNote),
    ...odd.slice(0, ODD_SHOWN).map((why, at) => {
      const rest = at === ODD_SHOWN - 1 ? more : '';
      return { label: warn('left out'), text: `in the answer of the host: ${why}${rest}` };
    }),
  ];
}

function interruptedNote(interrupted: Interrupted): Note {
  const label = interrupted.now === 'none' ? bad('gone') : warn('interrupted');
  return { label, text: [bold(interrupted.plugin), `: ${interruptedText(interrupted)}`] };
}

function cells(listed: ListedPlugin): Cell[] {
  const { plugin, health } = listed;
  const symbols = [
    counted(plugin.sources, 'source'),
    counted(plugin.sinks, 'sink'),
    counted(plugin.functions, 'function'),
  ];
  return [
    bold(plugin.name),
    plugin.version || '-',
    plugin.language,
    symbols.filter((part) => part !== '').join(', '),
    rulesCount(listed),
    healthText(health),
  ];
}

function counted(names: readonly string[], kind: string): string {
  if (names.length === 0) return '';
  return names.length === 1 ? `1 ${kind}` : `${names.length} ${kind}s`;
}

/** The next command if no host has a plugin: how to install one on the first. */
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
      const fixes = troubles.flatMap(({ fix }) => fix ?? []);
      if (fixes.length > 0 && interrupted === null) return fixes;
      const isInTrouble = troubles.length > 0 || interrupted !== null;
      return isInTrouble ? [`kplugin status ${pluginAt(plugin.name, host)}`] : [];
    }),
  ];
}
