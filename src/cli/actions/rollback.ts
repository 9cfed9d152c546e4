import type { HostClient } from '../../deploy/client/host-client.ts';
import type { Clock } from '../../deploy/clock.ts';
import { registerAgain } from '../../deploy/history/again.ts';
import { knownPlugins } from '../../deploy/history/known-plugins.ts';
import { planRollback } from '../../deploy/history/rollback.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { pluginAt, shellWord } from '../../model/shell-word.ts';
import type { Action } from '../command.ts';
import type { rollback } from '../commands/rollback.ts';
import { againOutcome, againPlanOutcome } from '../deploy/again-text.ts';
import { reachOf } from '../deploy/reach.ts';
import { againWork } from '../deploy/rollout-again.ts';
import { changeMany } from '../deploy/rollout-change.ts';
import { isMany, rollOutNumbers } from '../deploy/rollout-flags.ts';
import { withRescue } from '../deploy/with-rescue.ts';
import { resolveHosts } from '../hosts/resolve.ts';

export const run: Action<typeof rollback.flags> = async ({ flags, args }, context) => {
  const hosts = resolveHosts(flags, context);
  const { to = null, dryRun } = flags;
  const [named] = args;
  if (isMany(hosts, flags)) {
    if (named === undefined) throw unnamed(hosts.length);
    const again = { act: 'rollback', name: named, dryRun, leaves: to !== null } as const;
    const plan = (client: HostClient, clock: Clock) => planRollback(client, named, to, clock);
    const settings = { reach: reachOf(flags), numbers: rollOutNumbers(flags), dryRun };
    return changeMany(hosts, againWork({ ...again, plan }, context), settings, context);
  }
  return withRescue(flags, context, async (client, effects) => {
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
