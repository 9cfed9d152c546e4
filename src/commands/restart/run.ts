import type { Action } from '../../cli/command.ts';
import { planRestart, restartPlugin } from '../../deploy/history/restart.ts';
import { againOutcome } from '../../fleet/again-text.ts';
import { redeploy } from '../../fleet/rollout-again.ts';
import { changeMany } from '../../fleet/rollout-change.ts';
import { isMany, rolloutNumbers } from '../../fleet/rollout-flags.ts';
import { reachOf } from '../../hosts/reach.ts';
import { resolveHosts } from '../../hosts/resolve.ts';
import { withRecovery } from '../../hosts/with-recovery.ts';
import type { restart } from './command.ts';

export const run: Action<typeof restart.flags> = async ({ flags, args }, context) => {
  const hosts = resolveHosts(flags, context);
  const name = args[0] ?? '';
  if (isMany(hosts, flags)) {
    const work = redeploy(
      {
        act: 'restart',
        name,
        dryRun: false,
        leaves: false,
        plan: (client, clock) => planRestart(client, name, clock),
      },
      context,
    );
    const settings = { reach: reachOf(flags), numbers: rolloutNumbers(flags), dryRun: false };
    return changeMany(hosts, work, settings, context);
  }
  return withRecovery(flags, context, async (client, effects) => {
    const result = await restartPlugin(client, name, effects);
    return againOutcome(result, client.address.label, 'restarted');
  });
};
