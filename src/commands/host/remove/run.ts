import type { Action } from '../../../cli/command.ts';
import { bold, good } from '../../../cli/output/view.ts';
import { knownHost } from '../../../hosts/choose.ts';
import { editHosts, hostsEdit, withoutHost } from '../../../hosts/edit-hosts.ts';
import type { NamedHost } from '../../../hosts/named-host.ts';
import type { command } from './command.ts';

export const run: Action<typeof command.flags> = async ({ rest }, context) => {
  const edit = hostsEdit(context);
  let gone: readonly NamedHost[] = [];
  let wasDefault = false;
  await editHosts(edit, (hosts) => {
    gone = [...new Set(rest.map((name) => knownHost(name, hosts)))];
    wasDefault = gone.some(({ name }) => name === hosts.defaultHost);
    return gone.reduce(
      (document, { name }) => withoutHost({ ...hosts, document }, name),
      hosts.document,
    );
  });
  return {
    data: { file: edit.file, removed: gone.map(({ name }) => name), wasDefault },
    view: () => ({
      lines: gone.map(({ name, address }) => [good('removed'), ' ', bold(name), ` ${address}`]),
      below: wasDefault ? ['there is no default host any more'] : [],
    }),
    next: ['kplugin host list'],
  };
};
