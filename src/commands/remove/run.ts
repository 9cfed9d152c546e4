import type { Action } from '../../cli/command.ts';
import type { Context } from '../../cli/context.ts';
import { InterruptedPlugin } from '../../deploy/plugins/find.ts';
import { leftBehind } from '../../deploy/plugins/left-behind.ts';
import { inUse, planRemoval, type RemovalPlan, removePlugin } from '../../deploy/plugins/remove.ts';
import { abandonOn } from '../../fleet/abandon.ts';
import { removedData, removedText } from '../../fleet/remove-text.ts';
import { changeMany } from '../../fleet/rollout-change.ts';
import { isMany, rolloutNumbers } from '../../fleet/rollout-flags.ts';
import { removeWork } from '../../fleet/rollout-remove.ts';
import { reachOf } from '../../hosts/reach.ts';
import { resolveHosts } from '../../hosts/resolve.ts';
import { withRecovery } from '../../hosts/with-recovery.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { oneLine } from '../../model/printable.ts';
import { pluginAt, shellWord } from '../../model/shell-word.ts';
import type { remove } from './command.ts';

export const run: Action<typeof remove.flags> = async ({ flags, args }, context) => {
  const hosts = resolveHosts(flags, context);
  const name = args[0] ?? '';
  if (isMany(hosts, flags)) {
    const work = removeWork({ name, force: flags.force, prune: flags.prune }, context);
    const settings = { reach: reachOf(flags), numbers: rolloutNumbers(flags), dryRun: false };
    return changeMany(hosts, work, settings, context);
  }
  return withRecovery(flags, context, async (client, effects) => {
    const host = client.address.label;
    const plan = await planRemoval(client, name).catch(ifInterrupted);
    if (plan instanceof InterruptedPlugin) return abandonOn(client, plan, flags.prune, context);
    const refused = flags.force ? null : inUse(plan, client);
    if (refused !== null) throw refused;
    await consent(plan, host, flags.force, context);
    await removePlugin(client, plan, effects);
    // It is gone: what it leaves behind is told, also after Ctrl-C.
    const left = await leftBehind(effects.recovery, plan, flags.prune);
    const removed = { plan, left };
    return {
      data: removedData(removed, host),
      human: (style) => removedText(removed, host, style),
      next: [`kplugin list --host ${shellWord(host)}`],
    };
  });
};

function ifInterrupted(thrown: unknown): InterruptedPlugin {
  if (thrown instanceof InterruptedPlugin) return thrown;
  throw thrown;
}

async function consent(
  plan: RemovalPlan,
  host: string,
  force: boolean,
  context: Context,
): Promise<void> {
  const { plugin, warnings } = plan;
  const { talk, prompts, globals } = context;
  const show = prompts.interactive && !globals.yes ? talk.warn : talk.say;
  for (const warning of warnings) show(oneLine(`warning: ${warning}`));
  const message = `Remove ${plugin.name} ${plugin.version} from ${host}?`;
  if (await prompts.confirm({ message })) return;
  throw new KpluginError({
    code: 'not-confirmed',
    exit: EXIT.usage,
    message: `${plugin.name} stays on ${host}: the answer was no`,
    hint: `kplugin remove${force ? ' --force' : ''} ${pluginAt(plugin.name, host)}\n(and say yes)`,
  });
}
