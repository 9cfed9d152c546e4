import type { Context } from '../cli/context.ts';
import type { Outcome } from '../cli/outcome.ts';
import type { HostClient } from '../client/host-client.ts';
import { cutOffText } from '../deploy/plugins/cut-off.ts';
import type { CutOffPlugin } from '../deploy/plugins/find.ts';
import { type LeftBehind, leftBehind } from '../deploy/plugins/left-behind.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import { oneLine } from '../model/printable.ts';
import { pluginAt, shellWord } from '../model/shell-word.ts';
import { leftLines } from './remove-text.ts';

/** Ends what was begun with a plugin that is gone. Throws exit 3 where the host goes on telling of it. */
export async function givenUp(
  client: HostClient,
  cutOff: CutOffPlugin,
  isPruned: boolean,
): Promise<{ readonly cutOff: CutOffPlugin; readonly left: LeftBehind }> {
  const plugin = { name: cutOff.cutOff.plugin };
  const seen = { info: await client.info(), exported: cutOff.exported, plugin };
  const left = await leftBehind(client, seen, isPruned);
  if (left.problem !== null) throw notGivenUp(plugin.name, client.address.label, left.problem);
  return { cutOff, left };
}

function notGivenUp(plugin: string, host: string, reason: string): KpluginError {
  return new KpluginError({
    code: 'not-given-up',
    exit: EXIT.host,
    message: `what was begun with ${plugin} on ${host} could not be taken down whole`,
    reason,
    hint: `run it again: kplugin remove ${pluginAt(plugin, host)}`,
  });
}

/** What `remove` tells programs then. */
export function givenUpData(
  { cutOff: { cutOff }, left }: { readonly cutOff: CutOffPlugin; readonly left: LeftBehind },
  host: string,
): object {
  const { plugin } = cutOff;
  return { host, plugin, removed: false, givenUp: true, cutOff, left };
}

/** `remove` of a plugin that is gone already: nothing is told of what was begun there any more. Throws exit 2 for a no. */
export async function giveUpOn(
  client: HostClient,
  found: CutOffPlugin,
  isPruned: boolean,
  { prompts, talk }: Context,
): Promise<Outcome> {
  const host = client.address.label;
  const { plugin } = found.cutOff;
  talk.say(oneLine(cutOffText(found.cutOff)));
  const message = `${host} has no ${plugin}. Give up what was begun there?`;
  if (!(await prompts.confirm({ message }))) throw notConfirmed(plugin, host);
  const done = await givenUp(client, found, isPruned);
  return {
    data: givenUpData(done, host),
    human: (style) =>
      `${style.green('given up')} ${style.bold(plugin)} on ${host}: it is not there\n` +
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
