import { planRemoval, type RemovalPlan, removePlugin } from '../../deploy/plugins/remove.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { Action } from '../command.ts';
import type { remove } from '../commands/remove.ts';
import type { Context } from '../context.ts';
import { openHost, systemClock } from '../deploy/open-host.ts';

export const run: Action<typeof remove.flags> = async ({ flags, args }, context) => {
  const client = openHost(flags, context);
  const host = client.address.label;
  const name = args[0] ?? '';
  try {
    const plan = await planRemoval(client, name);
    await consent(plan, host, context);
    await removePlugin(client, name, systemClock(context.signal));
    const { plugin, rules, registration } = plan;
    return {
      data: { host, plugin: name, version: plugin.version, removed: true, rules, registration },
      human: (style) =>
        `${style.green('removed')} ${style.bold(name)} ${plugin.version} from ${host}\n`,
      next: [`kplugin list --host ${host}`],
    };
  } finally {
    await client.close();
  }
};

async function consent(plan: RemovalPlan, host: string, context: Context): Promise<void> {
  const { plugin, warnings } = plan;
  const { talk, prompts, globals } = context;
  const show = prompts.interactive && !globals.yes ? talk.warn : talk.say;
  for (const warning of warnings) show(`warning: ${warning}`);
  const message = `Remove ${plugin.name} ${plugin.version} from ${host}?`;
  if (await prompts.confirm({ message })) return;
  throw new KpluginError({
    code: 'not-confirmed',
    exit: EXIT.usage,
    message: `${plugin.name} stays on ${host}: the answer was no`,
    hint: `kplugin remove ${plugin.name} --host ${host}, and say yes`,
  });
}
