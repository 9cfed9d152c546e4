import type { Action } from '../../../cli/command.ts';
import { bold, type Cell, type View } from '../../../cli/output/view.ts';
import { hostsFile, readHosts } from '../../../hosts/hosts-file.ts';
import { credentialsOf, namedLayer } from '../../../hosts/layers.ts';
import type { Hosts, NamedHost } from '../../../hosts/named-host.ts';
import { shellWord } from '../../../model/shell-word.ts';
import type { command } from './command.ts';

export const run: Action<typeof command.flags> = async (_input, context) => {
  const hosts = readHosts(hostsFile(context.env, context.cwd));
  await context.log.show({ lines: hosts.notes.map((note) => `note: ${note}`) });
  const [first] = hosts.hosts.keys();
  return {
    data: {
      file: hosts.file,
      default: hosts.defaultHost,
      hosts: [...hosts.hosts.values()].map(({ settings, ...host }) => ({ ...host, ...settings })),
    },
    view: () => view(hosts),
    next:
      first === undefined
        ? ['kplugin host add edge1 192.0.2.1:9081']
        : [`kplugin host show ${shellWord(first)}`],
  };
};

function view({ hosts, file, defaultHost }: Hosts): View {
  if (hosts.size === 0) return { lines: [`no hosts in ${file}`] };
  const rows = [...hosts.values()].map((host) => cells(host, defaultHost));
  return { table: { head: ['NAME', 'ADDRESS', 'TOKEN', 'GROUPS'], rows } };
}

const TOKEN = { none: '-', token: '-', 'token-file': 'from a file', 'key-file': 'signed' } as const;

function cells(host: NamedHost, defaultHost: string | null): Cell[] {
  const { kind } = credentialsOf([namedLayer(host)]).credentials;
  const mark = host.name === defaultHost ? ' (default)' : '';
  return [
    [bold(host.name), mark],
    host.address,
    TOKEN[kind],
    host.groups.length === 0 ? '-' : host.groups.join(', '),
  ];
}
