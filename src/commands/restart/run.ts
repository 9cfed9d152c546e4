import type { Action } from '../../cli/command.ts';
import { planRestart } from '../../deploy/history/redeploy-target.ts';
import { rolloutSettings } from '../../fleet/operation.ts';
import { reregisterOperation, reregisterView } from '../../fleet/reregister-operation.ts';
import { runOperation } from '../../fleet/run-operation.ts';
import { resolveHosts } from '../../hosts/resolve.ts';
import type { command } from './command.ts';

export const run: Action<typeof command.flags> = async ({ flags, args }, context) => {
  const hosts = resolveHosts(flags, context);
  const settings = rolloutSettings(flags, context);
  const [name = ''] = args;
  const operation = reregisterOperation(
    {
      limit: settings.reach.timeout,
      skipsUnchanged: false,
      plan: (client, clock) => planRestart(client, name, clock),
    },
    context,
  );
  const view = reregisterView({ act: 'restart', name, skipsUnchanged: false });
  return runOperation(hosts, operation, view, settings, context);
};
