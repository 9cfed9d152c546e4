import { parseAddress } from '../../../deploy/address.ts';
import { EXIT, KpluginError } from '../../../model/error.ts';
import type { Action } from '../../command.ts';
import type { hostAdd } from '../../commands/host/add.ts';
import { hostsFile } from '../../hosts/config-folder.ts';
import { editHosts, withHost } from '../../hosts/edit-hosts.ts';
import { asName } from '../../hosts/known-host.ts';
import { credentialsOf, flagLayer, tlsOf } from '../../hosts/layers.ts';
import type { Hosts, NamedHost } from '../../hosts/named-host.ts';
import { credentialsText } from '../../hosts/precedence.ts';

export const run: Action<typeof hostAdd.flags> = async ({ flags, args }, context) => {
  const { cwd, env, packageRoot } = context;
  const name = asName(args[0] ?? '', 'host');
  const address = parseAddress(args[1] ?? '');
  const layer = flagLayer(flags, cwd);
  // What does not fit together is said now, not at the first use.
  const { credentials } = credentialsOf([layer]);
  tlsOf([layer], env);
  const host: NamedHost = {
    name,
    address: `${address.origin}${address.basePath}`,
    settings: layer.settings,
    groups: [...new Set(flags.group.map((group) => asName(group, 'group')))],
  };
  const file = hostsFile(env, cwd);
  await editHosts(file, packageRoot, (hosts) => {
    if (hosts.hosts.has(name) && !flags.force) throw isThere(name, hosts);
    return withHost(hosts, host);
  });
  return {
    data: { file, host: { ...host, ...host.settings, settings: undefined } },
    human: (style) =>
      `${style.green('added')} ${style.bold(name)} ${host.address}` +
      `${credentials.kind === 'none' ? '' : `, token ${credentialsText(credentials)}`}\n`,
    next: [`kplugin host test ${name}`, `kplugin list --host ${name}`, `kplugin host use ${name}`],
  };
};

function isThere(name: string, { hosts }: Hosts): KpluginError {
  return new KpluginError({
    code: 'host-exists',
    exit: EXIT.usage,
    message: `there is a host ${name} already: ${hosts.get(name)?.address ?? ''}`,
    hint: 'take another name, or put this one in its place: --force',
  });
}
