import type { Action } from '../../cli/command.ts';
import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import { registerAgain } from '../../deploy/history/again.ts';
import { knownPlugins } from '../../deploy/history/known-plugins.ts';
import { planRollback } from '../../deploy/history/rollback.ts';
import { againOutcome, againPlanOutcome } from '../../fleet/again-text.ts';
import { redeploy } from '../../fleet/rollout-again.ts';
import { changeMany } from '../../fleet/rollout-change.ts';
import { isMany, rolloutNumbers } from '../../fleet/rollout-flags.ts';
import { reachOf } from '../../hosts/reach.ts';
import { resolveHosts } from '../../hosts/resolve.ts';
import { withRecovery } from '../../hosts/with-recovery.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { pluginAt, shellWord } from '../../model/shell-word.ts';
import type { rollback } from './command.ts';

export const run: Action<typeof rollback.flags> = async ({ flags, args }, context) => {
  const hosts = resolveHosts(flags, context);
  const { to = null, dryRun } = flags;
  const [named] = args;
  if (isMany(hosts, flags)) {
    if (named === undefined) throw unnamed(hosts.length);
    const again = { act: 'rollback', name: named, dryRun, leaves: to !== null } as const;
    const plan = (client: HostClient, clock: Clock) => planRollback(client, named, to, clock);
    const settings = { reach: reachOf(flags), numbers: rolloutNumbers(flags), dryRun };
    return changeMany(hosts, redeploy({ ...again, plan }, context), settings, context);
  }
  return withRecovery(flags, context, async (client, effects) => {
    const name = named ?? (await onlyPlugin(client));
    const planned = await planRollback(client, name, to, effects.clock);
    const host = client.address.label;
    if (dryRun) return againPlanOutcome(planned, host, to);
    return againOutcome(await registerAgain(client, planned, effects), host, 'rolled back');
  });
};

function unnamed(count: number): KpluginError {
  return new KpluginError({
    code: 'which-plugin',
    exit: EXIT.usage,
    message: `${count === 1 ? 'a group is' : `${count} hosts are`} named, and no plugin`,
    hint: 'name it: kplugin rollback <plugin> …; kplugin history shows what kplugin put there',
  });
}

/** Throws exit 2 where it is not plain which plugin is meant. */
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
