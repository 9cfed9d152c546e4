import type { Action } from '../../cli/command.ts';
import type { Context } from '../../cli/context.ts';
import { applyPrune, type Pruned, type PrunePlan, planPrune } from '../../deploy/plugins/prune.ts';
import { type Operation, type Planned, rolloutSettings } from '../../fleet/operation.ts';
import { some } from '../../fleet/plan-text.ts';
import { runOperation } from '../../fleet/run-operation.ts';
import { resolveHosts } from '../../hosts/resolve.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { command } from './command.ts';
import { amount, pruneView } from './prune-text.ts';

export const run: Action<typeof command.flags> = async ({ flags, args }, context) => {
  const hosts = resolveHosts(flags, context);
  const plugin = args[0] ?? null;
  return runOperation(
    hosts,
    pruning(plugin, context),
    pruneView(plugin),
    rolloutSettings(flags, context),
    context,
  );
};

function pruning(plugin: string | null, context: Context): Operation<PrunePlan, Pruned> {
  return {
    plan: (client) => planPrune(client, plugin),
    settled: (plan) => (plan.unneeded.length === 0 ? { plan, removed: [] } : null),
    apply: async (client, plan, { watcher }) => {
      watcher.waiting('removing uploads', Number.POSITIVE_INFINITY);
      try {
        return { plan, removed: await applyPrune(client, plugin, plan) };
      } finally {
        watcher.settled();
      }
    },
    ask: (changing) => ask(changing, context),
  };
}

async function ask(changing: readonly Planned<PrunePlan>[], { prompts }: Context): Promise<void> {
  const uploads = changing.flatMap(({ plan }) => plan.unneeded);
  const hosts = some(changing.map(({ label }) => label));
  if (await prompts.confirm({ message: `Remove ${amount(uploads)} from ${hosts}?` })) return;
  throw new KpluginError({
    code: 'not-confirmed',
    exit: EXIT.usage,
    message: `aborted: no upload was removed from ${hosts}`,
    hint: 'the same command again, and say yes',
  });
}
