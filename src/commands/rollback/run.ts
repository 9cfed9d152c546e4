import type { Action } from '../../cli/command.ts';
import type { HostClient } from '../../client/host-client.ts';
import { asked } from '../../deploy/change/failed.ts';
import { knownPlugins } from '../../deploy/history/history.ts';
import { planRollback } from '../../deploy/history/redeploy-target.ts';
import { rolloutSettings } from '../../fleet/operation.ts';
import { reregisterOperation, reregisterView } from '../../fleet/reregister-operation.ts';
import { runOperation } from '../../fleet/run-operation.ts';
import { resolveHosts } from '../../hosts/resolve.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { pluginAt, shellWord } from '../../model/shell-word.ts';
import type { command } from './command.ts';

export const run: Action<typeof command.flags> = async ({ flags, args }, context) => {
  const hosts = resolveHosts(flags, context);
  const settings = rolloutSettings(flags, context);
  const { to = null } = flags;
  const [named] = args;
  if (named === undefined && (hosts.length > 1 || settings.isGroup)) throw unnamed(hosts.length);
  const skipsUnchanged = to !== null;
  const operation = reregisterOperation(
    {
      limit: settings.reach.timeout,
      skipsUnchanged,
      plan: async (client, clock) =>
        planRollback(client, named ?? (await asked(onlyPlugin(client), client)), to, clock),
    },
    context,
  );
  const view = reregisterView({ act: 'rollback', name: named ?? '', skipsUnchanged });
  return runOperation(hosts, operation, view, settings, context);
};

function unnamed(count: number): KpluginError {
  return new KpluginError({
    code: 'which-plugin',
    exit: EXIT.usage,
    message: `${count === 1 ? 'a group is' : `${count} hosts are`} named, and no plugin`,
    hint: 'name it: kplugin rollback <plugin> …; kplugin history shows what kplugin put there',
  });
}

/** The name of the only plugin; throws exit 2 when there are several or none. */
async function onlyPlugin(client: HostClient): Promise<string> {
  const names = await knownPlugins(client);
  const [only] = names;
  if (only !== undefined && names.length === 1) return only;
  const host = client.address.label;
  throw new KpluginError({
    code: 'which-plugin',
    exit: EXIT.usage,
    message:
      only === undefined
        ? `kplugin has put no plugin onto ${host}`
        : `kplugin has put several plugins onto ${host}: ${names.join(', ')}`,
    hint:
      only === undefined
        ? `kplugin list --host ${shellWord(host)}`
        : `name one: kplugin rollback ${pluginAt(only, host)}`,
  });
}
