import type { Action } from '../../cli/command.ts';
import {
  bad,
  bold,
  type Cell,
  good,
  joined,
  note,
  type View,
  warn,
} from '../../cli/output/view.ts';
import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import { plainLine } from '../../client/http/foreign-text.ts';
import {
  historyOf,
  knownPlugins,
  type PastVersion,
  type PluginHistory,
} from '../../deploy/history/history.ts';
import { uploadNameOf } from '../../deploy/record/upload-name.ts';
import { failedCell, fleetOf, type HostRead, readFleet } from '../../fleet/read-fleet.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { pluginAt, shellWord } from '../../model/shell-word.ts';
import type { command } from './command.ts';

export const run: Action<typeof command.flags> = ({ flags, args }, context) =>
  readFleet(fleetOf(flags, context), historyRead(args[0] ?? null), context);

function historyRead(asked: string | null): HostRead<readonly PluginHistory[]> {
  return {
    read: (client, { clock }) => read(client, asked, clock),
    data: (all) => ({ plugins: all.map(pluginData) }),
    one: views,
    many: (rows) =>
      rows.flatMap((row) =>
        row.found === null
          ? [{ lines: [joined(`${row.label}: `, failedCell(row))] }]
          : views(row.found, row.label),
      ),
    next: (rows) => rows.flatMap(({ found, label }) => nextOf(found, label)),
  };
}

/**
 * The history of the given plugin, or of all plugins that kplugin installed; throws exit 3 when the plugin is unknown.
 */
async function read(
  client: HostClient,
  asked: string | null,
  clock: Clock,
): Promise<readonly PluginHistory[]> {
  const names = asked === null ? await knownPlugins(client) : [asked];
  const all: PluginHistory[] = [];
  for (const name of names) all.push(await historyOf(client, name, clock));
  const [first] = all;
  if (asked !== null && first?.past.length === 0 && !first.isInstalled) {
    throw unknown(asked, client.address.label);
  }
  return all;
}

function views(all: readonly PluginHistory[], host: string): View[] {
  if (all.length === 0) return [{ lines: [`kplugin has put no plugin onto ${host}`] }];
  return all.map((one) => view(one, host));
}

function nextOf(all: readonly PluginHistory[], host: string): string[] {
  const back = all.find(({ past }) => past.some(({ state }) => state === 'rollback'));
  return back === undefined ? [] : [`kplugin rollback ${pluginAt(back.name, host)}`];
}

function pluginData({ name, past, isInstalled, problem }: PluginHistory): object {
  const versions = past.map((one) => ({ ...one, time: timeText(one.time) }));
  return { plugin: name, installed: isInstalled, versions, problem };
}

function view({ name, past, problem, isInstalled }: PluginHistory, host: string): View {
  const gone = isInstalled ? [] : [': ', warn('not there now')];
  return {
    title: [bold(name), ` on ${host}`, ...gone],
    ...(past.length === 0 ? {} : { table: { head: HEAD, rows: past.map(cells) } }),
    notes: problem === null ? [] : [note(problem)],
  };
}

const HEAD = ['WHEN (UTC)', 'VERSION', 'DIGEST', 'STATE', 'PACKAGE'];

function cells({ time, version, digest, state, registration }: PastVersion): Cell[] {
  const when = timeText(time)
    ?.replace('T', ' ')
    .replace(/:\d\d\.\d+Z$/, '');
  return [
    when ?? '-',
    version || '-',
    digest.slice(0, 8) || '-',
    stateCell(state),
    plainLine(uploadNameOf(registration.file)),
  ];
}

function stateCell(state: PastVersion['state']): Cell {
  if (state === 'running') return good(state);
  if (state === 'failed') return bad(state);
  return state === 'unknown' ? 'registered' : state;
}

function timeText(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}

function unknown(name: string, host: string): KpluginError {
  return new KpluginError({
    code: 'no-such-plugin',
    exit: EXIT.host,
    message: `${host} has no plugin ${name}, and kplugin has put none of that name there`,
    hint: `kplugin history --host ${shellWord(host)}`,
  });
}
