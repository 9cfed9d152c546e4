import type { Action } from '../../cli/command.ts';
import type { Style } from '../../cli/output/style.ts';
import { textTable } from '../../cli/output/table.ts';
import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import { plainLine } from '../../client/http/text.ts';
import { historyOf, type PastVersion, type PluginHistory } from '../../deploy/history/history.ts';
import { knownPlugins } from '../../deploy/history/known-plugins.ts';
import { uploadNameOf } from '../../deploy/record/upload-name.ts';
import { failedCell, fleetOf, type HostRead, readFleet } from '../../fleet/read-fleet.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { oneLine } from '../../model/printable.ts';
import { pluginAt, shellWord } from '../../model/shell-word.ts';
import type { history } from './command.ts';

export const run: Action<typeof history.flags> = ({ flags, args }, context) =>
  readFleet(fleetOf(flags, context), historyRead(args[0] ?? null), context);

function historyRead(asked: string | null): HostRead<readonly PluginHistory[]> {
  return {
    read: (client, { clock }) => read(client, asked, clock),
    data: (all) => ({ plugins: all.map(pluginData) }),
    one: text,
    many: (rows, style) =>
      rows
        .map((row) =>
          row.found === null
            ? `${row.label}: ${failedCell(row, style)}\n\n`
            : `${text(row.found, row.label, style)}\n`,
        )
        .join(''),
    next: (rows) => rows.flatMap(({ found, label }) => nextOf(found, label)),
  };
}

/** The plugin that is asked for, or all that kplugin put there; throws exit 3 when there is none of that name. */
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

function text(all: readonly PluginHistory[], host: string, style: Style): string {
  if (all.length === 0) return `kplugin has put no plugin onto ${host}\n`;
  return all.map((one) => pluginText(one, host, style)).join('\n');
}

function nextOf(all: readonly PluginHistory[], host: string): string[] {
  const back = all.find(({ past }) => past.some(({ state }) => state === 'rollback'));
  return back === undefined ? [] : [`kplugin rollback ${pluginAt(back.name, host)}`];
}

function pluginData({ name, past, isInstalled, problem }: PluginHistory): object {
  const versions = past.map((one) => ({ ...one, time: timeText(one.time) }));
  return { plugin: name, installed: isInstalled, versions, problem };
}

function pluginText(
  { name, past, problem, isInstalled }: PluginHistory,
  host: string,
  style: Style,
): string {
  const head = ['WHEN (UTC)', 'VERSION', 'DIGEST', 'STATE', 'PACKAGE'].map(style.dim);
  const rows = past.map((one) => cells(one, style));
  const note = problem === null ? '' : `  ${style.dim('note')} ${oneLine(problem)}\n`;
  const table = past.length === 0 ? '' : textTable([head, ...rows]);
  const gone = isInstalled ? '' : `: ${style.yellow('not there now')}`;
  return `${style.bold(oneLine(name))} on ${host}${gone}\n${table}${note}`;
}

function cells(one: PastVersion, style: Style): string[] {
  const when =
    timeText(one.time)
      ?.replace('T', ' ')
      .replace(/:\d\d\.\d+Z$/, '') ?? '-';
  const color = one.state === 'running' ? style.green : one.state === 'failed' ? style.red : plain;
  return [
    when,
    one.version || '-',
    one.digest.slice(0, 8) || '-',
    color(one.state === 'unknown' ? 'registered' : one.state),
    plainLine(uploadNameOf(one.registration.file)),
  ];
}

function plain(word: string): string {
  return word;
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
