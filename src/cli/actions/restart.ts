import { planRestart, restartPlugin } from '../../deploy/history/restart.ts';
import type { Action } from '../command.ts';
import type { restart } from '../commands/restart.ts';
import { againOutcome } from '../deploy/again-text.ts';
import { reachOf } from '../deploy/reach.ts';
import { againWork } from '../deploy/rollout-again.ts';
import { changeMany } from '../deploy/rollout-change.ts';
import { isMany, rollOutNumbers } from '../deploy/rollout-flags.ts';
import { withRescue } from '../deploy/with-rescue.ts';
import { resolveHosts } from '../hosts/resolve.ts';

export const run: Action<typeof restart.flags> = async ({ flags, args }, context) => {
  const hosts = resolveHosts(flags, context);
  const name = args[0] ?? '';
  if (isMany(hosts, flags)) {
    const work = againWork(
      {
        act: 'restart',
        name,
        dryRun: false,
        leaves: false,
        plan: (client, clock) => planRestart(client, name, clock),
      },
      context,
    );
    const settings = { reach: reachOf(flags), numbers: rollOutNumbers(flags), dryRun: false };
    return changeMany(hosts, work, settings, context);
  }
  return withRescue(flags, context, async (client, effects) => {
    const result = await restartPlugin(client, name, effects);
    return againOutcome(result, client.address.label, 'restarted');
  });
};
