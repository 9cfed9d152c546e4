import type { HostClient } from '../../deploy/client/host-client.ts';
import { cutOffText } from '../../deploy/plugins/cut-off.ts';
import type { CutOffPlugin } from '../../deploy/plugins/find.ts';
import { leftBehind } from '../../deploy/plugins/left-behind.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { Context } from '../context.ts';
import type { Outcome } from '../outcome.ts';
import { leftLines } from './remove-text.ts';

/** `remove` of a plugin that is gone already: nothing is told of what was begun there any more. Throws exit 2 for a no. */
export async function giveUpOn(
  client: HostClient,
  { cutOff, exported }: CutOffPlugin,
  isPruned: boolean,
  { prompts, talk }: Context,
): Promise<Outcome> {
  const host = client.address.label;
  const { plugin } = cutOff;
  talk.say(cutOffText(cutOff));
  const message = `${host} has no ${plugin}. Give up what was begun there?`;
  if (!(await prompts.confirm({ message }))) throw notConfirmed(plugin, host);
  const seen = { info: await client.info(), exported, plugin: { name: plugin } };
  const left = await leftBehind(client, seen, isPruned);
  const lines = [...leftLines(left), ...(left.problem ?? '').split('\n').filter(Boolean)];
  return {
    data: { host, plugin, removed: false, givenUp: left.problem === null, cutOff, left },
    human: (style) =>
      `${style.green('given up')} ${style.bold(plugin)} on ${host}: it is not there\n` +
      lines.map((line) => `  ${line}\n`).join(''),
    next: [`kplugin list --host ${host}`],
  };
}

function notConfirmed(plugin: string, host: string): KpluginError {
  return new KpluginError({
    code: 'not-confirmed',
    exit: EXIT.usage,
    message: `nothing was changed on ${host}: the answer was no`,
    hint: `kplugin remove ${plugin} --host ${host}, and say yes`,
  });
}
