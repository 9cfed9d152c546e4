import { type LeftBehind, leftBehind } from '../../deploy/plugins/left-behind.ts';
import { inUse, planRemoval, type RemovalPlan, removePlugin } from '../../deploy/plugins/remove.ts';
import { plainLine } from '../../deploy/text.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { Action } from '../command.ts';
import type { remove } from '../commands/remove.ts';
import type { Context } from '../context.ts';
import { openHost, systemClock } from '../deploy/open-host.ts';
import { rulesData } from '../deploy/rules-text.ts';
import type { Style } from '../terminal/style.ts';

export const run: Action<typeof remove.flags> = async ({ flags, args }, context) => {
  const client = openHost(flags, context);
  const host = client.address.label;
  const name = args[0] ?? '';
  try {
    const plan = await planRemoval(client, name);
    const refused = flags.force ? null : inUse(plan, client);
    if (refused !== null) throw refused;
    await consent(plan, host, flags.force, context);
    await removePlugin(client, name, systemClock(context.signal));
    const left = await leftBehind(client, plan, flags.prune);
    const { plugin, registration } = plan;
    const { version } = plugin;
    return {
      data: { host, plugin: name, version, removed: true, ...rulesData(plan), registration, left },
      human: (style) =>
        `${style.green('removed')} ${style.bold(name)} ${version} from ${host}\n${leftText(left, style)}`,
      next: [`kplugin list --host ${host}`],
    };
  } finally {
    await client.close();
  }
};

function leftText({ uploads, pruned, problem }: LeftBehind, style: Style): string {
  const stays = uploads.filter((upload) => !pruned.includes(upload));
  const lines = [
    pruned.length === 0 ? null : `took away ${names(pruned)}`,
    stays.length === 0 ? null : `left on the host: ${names(stays)} (--prune takes them along)`,
    problem === null ? null : `${style.yellow('warning')} ${problem}`,
  ];
  return lines.flatMap((line) => (line === null ? [] : [`  ${line}\n`])).join('');
}

function names(uploads: readonly string[]): string {
  return uploads.map(plainLine).join(', ');
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
  for (const warning of warnings) show(`warning: ${warning}`);
  const message = `Remove ${plugin.name} ${plugin.version} from ${host}?`;
  if (await prompts.confirm({ message })) return;
  throw new KpluginError({
    code: 'not-confirmed',
    exit: EXIT.usage,
    message: `${plugin.name} stays on ${host}: the answer was no`,
    hint: `kplugin remove ${plugin.name} --host ${host}${force ? ' --force' : ''}, and say yes`,
  });
}
