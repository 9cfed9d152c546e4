import type { Action } from '../../../cli/command.ts';
import type { Style } from '../../../cli/output/style.ts';
import { textTable } from '../../../cli/output/table.ts';
import { hostsFile } from '../../../hosts/config-folder.ts';
import { credentialsOf, namedLayer } from '../../../hosts/layers.ts';
import type { Hosts, NamedHost } from '../../../hosts/named-host.ts';
import { readHosts } from '../../../hosts/read-hosts.ts';
import { oneLine } from '../../../model/printable.ts';
import { shellWord } from '../../../model/shell-word.ts';
import type { hostList } from './command.ts';

export const run: Action<typeof hostList.flags> = async (_input, context) => {
  const hosts = readHosts(hostsFile(context.env, context.cwd));
  for (const note of hosts.notes) context.talk.say(oneLine(`note: ${note}`));
  const [first] = hosts.hosts.keys();
  return {
    data: {
      file: hosts.file,
      default: hosts.defaultHost,
      hosts: [...hosts.hosts.values()].map(({ settings, ...host }) => ({ ...host, ...settings })),
    },
    human: (style) => text(hosts, style),
    next:
      first === undefined
        ? ['kplugin host add edge1 192.0.2.1:9081']
        : [`kplugin host show ${shellWord(first)}`],
  };
};

function text({ hosts, file, defaultHost }: Hosts, style: Style): string {
  if (hosts.size === 0) return `no hosts in ${oneLine(file)}\n`;
  const head = ['NAME', 'ADDRESS', 'TOKEN', 'GROUPS'].map(style.dim);
  const rows = [...hosts.values()].map((host) => cells(host, defaultHost, style));
  return textTable([head, ...rows]);
}

const TOKEN = { none: '-', token: '-', 'token-file': 'from a file', 'key-file': 'signed' } as const;

function cells(host: NamedHost, defaultHost: string | null, style: Style): string[] {
  const { kind } = credentialsOf([namedLayer(host)]).credentials;
  const mark = host.name === defaultHost ? ' (default)' : '';
  return [
    style.bold(host.name) + mark,
    host.address,
    TOKEN[kind],
    host.groups.length === 0 ? '-' : host.groups.join(', '),
  ];
}
