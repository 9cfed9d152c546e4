import type { Action } from '../../cli/command.ts';
import { planRestart } from '../../deploy/history/restart.ts';
import { againView, registering } from '../../fleet/again.ts';
import { rolloutSettings } from '../../fleet/rollout-flags.ts';
import { runOperation } from '../../fleet/run-operation.ts';
import { resolveHosts } from '../../hosts/resolve.ts';
import type { restart } from './command.ts';

export const run: Action<typeof restart.flags> = async ({ flags, args }, context) => {
  const hosts = resolveHosts(flags, context);
  const settings = rolloutSettings(flags, context);
  const [name = ''] = args;
  const operation = registering(
    {
      limit: settings.reach.timeout,
      leaves: false,
      plan: (client, clock) => planRestart(client, name, clock),
    },
    context,
  );
  const view = againView({ act: 'restart', name, leaves: false });
  return runOperation(hosts, operation, view, settings, context);
};
