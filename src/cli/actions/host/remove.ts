import type { Action } from '../../command.ts';
import type { hostRemove } from '../../commands/host/remove.ts';
import { hostsFile } from '../../hosts/config-folder.ts';
import { editHosts, withoutHost } from '../../hosts/edit-hosts.ts';
import { knownHost } from '../../hosts/known-host.ts';
import type { NamedHost } from '../../hosts/named-host.ts';

export const run: Action<typeof hostRemove.flags> = async ({ rest }, context) => {
  const { cwd, env, packageRoot } = context;
  const file = hostsFile(env, cwd);
  const gone: NamedHost[] = [];
  let wasDefault = false;
  await editHosts(file, packageRoot, (hosts) => {
    gone.push(...new Set(rest.map((name) => knownHost(name, hosts))));
    wasDefault = gone.some(({ name }) => name === hosts.defaultHost);
    return gone.reduce(
      (document, { name }) => withoutHost({ ...hosts, document }, name),
      hosts.document,
    );
  });
  return {
    data: { file, removed: gone.map(({ name }) => name), wasDefault },
    human: (style) =>
      gone
        .map(({ name, address }) => `${style.green('removed')} ${style.bold(name)} ${address}\n`)
        .join('') + (wasDefault ? 'there is no default host any more\n' : ''),
    next: ['kplugin host list'],
  };
};
