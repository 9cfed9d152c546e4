import { historyOf, type PastVersion, type PluginHistory } from '../../deploy/history/history.ts';
import { knownPlugins } from '../../deploy/history/known-plugins.ts';
import { uploadNameOf } from '../../deploy/install/upload-name.ts';
import { plainLine } from '../../deploy/text.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { Action } from '../command.ts';
import type { history } from '../commands/history.ts';
import { openHost } from '../deploy/open-host.ts';
import { textTable } from '../deploy/table.ts';
import type { Style } from '../terminal/style.ts';

export const run: Action<typeof history.flags> = async ({ flags, args }, context) => {
  const client = openHost(flags, context);
  const host = client.address.label;
  try {
    const asked = args[0];
    const names = asked === undefined ? await knownPlugins(client) : [asked];
    const all: PluginHistory[] = [];
    for (const name of names) all.push(await historyOf(client, name));
    const [first] = all;
    if (asked !== undefined && first?.past.length === 0 && !first.isInstalled) {
      throw unknown(asked, host);
    }
    const back = all.find(({ past }) => past.some(({ state }) => state === 'way back'));
    return {
      data: { host, plugins: all.map(data) },
      human: (style) =>
        all.length === 0
          ? `kplugin has put no plugin onto ${host}\n`
          : all.map((one) => text(one, host, style)).join('\n'),
      next: back === undefined ? [] : [`kplugin rollback ${back.name} --host ${host}`],
    };
  } finally {
    await client.close();
  }
};

function data({ name, past, isInstalled, problem }: PluginHistory): object {
  const versions = past.map((one) => ({ ...one, time: timeText(one.time) }));
  return { plugin: name, installed: isInstalled, versions, problem };
}

function text({ name, past, problem }: PluginHistory, host: string, style: Style): string {
  const head = ['WHEN (UTC)', 'VERSION', 'DIGEST', 'STATE', 'PACKAGE'].map(style.dim);
  const rows = past.map((one) => cells(one, style));
  const note = problem === null ? '' : `  ${style.dim('note')} ${problem}\n`;
  const table = past.length === 0 ? '' : textTable([head, ...rows]);
  return `${style.bold(name)} on ${host}\n${table}${note}`;
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
    color(one.state === 'untold' ? 'registered' : one.state),
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
    hint: `kplugin history --host ${host}`,
  });
}
