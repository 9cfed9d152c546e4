import type { InstalledPlugin } from '../../client/answers.ts';
import type { HostExport } from '../../client/exported.ts';
import type { HostClient } from '../../client/host-client.ts';
import { closest } from '../../model/closest.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { pluginAt, shellWord } from '../../model/shell-word.ts';
import { type CutOff, cutOffFix, cutOffOf, cutOffText } from './cut-off.ts';

/**
 * A plugin of a host by its name. Throws exit 3 when there is none: with the nearest name, and with what became of it
 * where kplugin was cut off while it changed it.
 */
export async function findPlugin(client: HostClient, name: string): Promise<InstalledPlugin> {
  await client.info();
  // Asked of the plugin itself: the status goes on answering after a plugin is gone (docs/ekuiper.md#status).
  const plugin = await client.plugin(name);
  if (plugin !== null) return plugin;
  const names = (await client.plugins()).map((other) => other.name);
  const exported = await client.exported();
  const cutOff = cutOffOf(exported, name, null);
  if (cutOff !== null) throw new CutOffPlugin(cutOff, exported, client.address.label);
  throw noSuchPlugin(name, names, client.address.label);
}

/** There is no such plugin, because kplugin was cut off while it changed it, or is at work on it. */
export class CutOffPlugin extends KpluginError {
  readonly cutOff: CutOff;
  readonly exported: HostExport;

  constructor(cutOff: CutOff, exported: HostExport, host: string) {
    const { plugin, before } = cutOff;
    super({
      code: 'no-such-plugin',
      exit: EXIT.host,
      message: `${host} has no plugin ${plugin}${before === null ? '' : ' any more'}`,
      reason: cutOffText(cutOff),
      hint: `${cutOffFix(cutOff, host)}\nto give it up: kplugin remove ${pluginAt(plugin, host)}`,
      data: { cutOff },
    });
    this.cutOff = cutOff;
    this.exported = exported;
  }
}

function noSuchPlugin(name: string, names: readonly string[], host: string): KpluginError {
  const near = closest(name, names);
  return new KpluginError({
    code: 'no-such-plugin',
    exit: EXIT.host,
    message: `${host} has no plugin ${name}`,
    reason: names.length === 0 ? 'it has no plugin at all' : `it has ${names.join(', ')}`,
    hint: near === null ? `kplugin list --host ${shellWord(host)}` : `did you mean ${near}?`,
  });
}
