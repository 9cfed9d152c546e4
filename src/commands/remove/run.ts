import type { Action } from '../../cli/command.ts';
import { rolloutSettings } from '../../fleet/rollout-flags.ts';
import { runOperation } from '../../fleet/run-operation.ts';
import { resolveHosts } from '../../hosts/resolve.ts';
import type { remove } from './command.ts';
import { removal } from './removal.ts';
import { removalView } from './removal-view.ts';

export const run: Action<typeof remove.flags> = async ({ flags, args }, context) => {
  const hosts = resolveHosts(flags, context);
  const [name = ''] = args;
  const { force, prune } = flags;
  const operation = removal({ name, force, prune }, context);
  return runOperation(
    hosts,
    operation,
    removalView(name),
    rolloutSettings(flags, context),
    context,
  );
};
