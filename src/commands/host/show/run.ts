import { lookup } from 'node:dns/promises';
import type { Action } from '../../../cli/command.ts';
import { bold, type Cell, dim } from '../../../cli/output/view.ts';
import { placeText } from '../../../client/http/address.ts';
import { chosenHosts } from '../../../hosts/choose.ts';
import { hostsFile, readHosts } from '../../../hosts/hosts-file.ts';
import { environmentLayer, flagLayer } from '../../../hosts/layers.ts';
import { type SettingInForce, settingsInForce } from '../../../hosts/precedence.ts';
import { connectionOf } from '../../../hosts/resolve.ts';
import { shellWord } from '../../../model/shell-word.ts';
import type { command } from './command.ts';

export const run: Action<typeof command.flags> = async ({ flags, args }, context) => {
  const { env, cwd } = context;
  const name = args[0] ?? '';
  const hosts = readHosts(hostsFile(env, cwd));
  const [host = name] = chosenHosts({ host: [name] }, env, () => hosts).hosts;
  const layers = [flagLayer(flags, cwd), environmentLayer(context)];
  const { address } = connectionOf(host, layers, env);
  const settings = settingsInForce(host, layers, env);
  const groups = typeof host === 'string' ? [] : host.groups;
  const notes = [
    ...hosts.notes,
    ...(await dnsNameNote(name, typeof host !== 'string', address.label)),
  ];
  return {
    data: {
      name: typeof host === 'string' ? null : name,
      address: `${address.origin}${address.basePath}`,
      default: hosts.defaultHost === name,
      groups,
      settings,
      notes,
      file: hosts.file,
    },
    view: () => ({
      table: {
        rows: [
          ['host', bold(placeText(address)), typeof host === 'string' ? 'typed' : hosts.file],
          ...(groups.length === 0 ? [] : [['groups', groups.join(', '), 'hosts.json']]),
          ...(hosts.defaultHost === name ? [['default', 'yes', 'kplugin host use']] : []),
          ...settings.map(cells),
        ],
      },
      notes: notes.map((text) => ({ label: 'note:', text })),
    }),
    next: [`kplugin host test ${shellWord(name)}`],
  };
};

function cells({ setting, value, from, outweighs }: SettingInForce): Cell[] {
  const more = outweighs.length === 0 ? '' : ` (outweighs ${outweighs.join(', ')})`;
  return [setting, value, dim(`${from}${more}`)];
}

/** A note if the name of a host is also a name in DNS. */
async function dnsNameNote(name: string, isNamed: boolean, label: string): Promise<string[]> {
  if (!isNamed) return [];
  try {
    const { address } = await lookup(name);
    return [
      `DNS has a machine ${name} (${address}) too; --host ${shellWord(label)} means the host in hosts.json, ` +
        `--host ${shellWord(name)}:9081 that machine`,
    ];
  } catch {
    return [];
  }
}
