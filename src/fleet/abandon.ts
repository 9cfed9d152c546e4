import type { Context } from '../cli/context.ts';
import type { Outcome } from '../cli/outcome.ts';
import type { HostClient } from '../client/host-client.ts';
import type { InterruptedPlugin } from '../deploy/plugins/find.ts';
import { interruptedText } from '../deploy/plugins/interrupted.ts';
import { type LeftBehind, leftBehind } from '../deploy/plugins/left-behind.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import { oneLine } from '../model/printable.ts';
import { pluginAt, shellWord } from '../model/shell-word.ts';
import { leftLines } from './remove-text.ts';

/** Ends what was begun with a plugin that is gone. Throws exit 3 where the host goes on telling of it. */
export async function abandoned(
  client: HostClient,
  interrupted: InterruptedPlugin,
  isPruned: boolean,
): Promise<{ readonly interrupted: InterruptedPlugin; readonly left: LeftBehind }> {
  const plugin = { name: interrupted.interrupted.plugin };
  const seen = { info: await client.info(), exported: interrupted.exported, plugin };
  const left = await leftBehind(client, seen, isPruned);
  if (left.problem !== null) throw notAbandoned(plugin.name, client.address.label, left.problem);
  return { interrupted, left };
}

function notAbandoned(plugin: string, host: string, reason: string): KpluginError {
  return new KpluginError({
    code: 'not-abandoned',
    exit: EXIT.host,
    message: `what was begun with ${plugin} on ${host} could not be taken down whole`,
    reason,
    hint: `run it again: kplugin remove ${pluginAt(plugin, host)}`,
  });
}

/** What `remove` tells programs then. */
export function abandonedData(
  {
    interrupted: { interrupted },
    left,
  }: { readonly interrupted: InterruptedPlugin; readonly left: LeftBehind },
  host: string,
): object {
  const { plugin } = interrupted;
  return { host, plugin, removed: false, abandoned: true, interrupted, left };
}

/** `remove` of a plugin that is gone already: what was begun there is not shown any more. Throws exit 2 for a no. */
export async function abandonOn(
  client: HostClient,
  found: InterruptedPlugin,
  isPruned: boolean,
  { prompts, talk }: Context,
): Promise<Outcome> {
  const host = client.address.label;
  const { plugin } = found.interrupted;
  talk.say(oneLine(interruptedText(found.interrupted)));
  const message = `${host} has no ${plugin}. Abandon what was begun there?`;
  if (!(await prompts.confirm({ message }))) throw notConfirmed(plugin, host);
  const done = await abandoned(client, found, isPruned);
  return {
    data: abandonedData(done, host),
    human: (style) =>
      `${style.green('abandoned')} ${style.bold(plugin)} on ${host}: it is not there\n` +
      leftLines(done.left)
        .map((line) => `  ${line}\n`)
        .join(''),
    next: [`kplugin list --host ${shellWord(host)}`],
  };
}

function notConfirmed(plugin: string, host: string): KpluginError {
  return new KpluginError({
    code: 'not-confirmed',
    exit: EXIT.usage,
    message: `nothing was changed on ${host}: the answer was no`,
    hint: `kplugin remove ${pluginAt(plugin, host)}\n(and say yes)`,
  });
}
