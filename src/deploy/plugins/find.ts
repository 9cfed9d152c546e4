import type { InstalledPlugin } from '../../client/answers.ts';
import type { HostExport } from '../../client/exported.ts';
import type { HostClient } from '../../client/host-client.ts';
import { closest } from '../../model/closest.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { pluginAt, shellWord } from '../../model/shell-word.ts';
import { type Interrupted, interruptedFix, interruptedOf, interruptedText } from './interrupted.ts';

/**
 * Reads a plugin by name. Throws exit 3 when it is not installed: with the most similar name, or with the state of an
 * interrupted change of it.
 */
export async function findPlugin(client: HostClient, name: string): Promise<InstalledPlugin> {
  await client.info();
  // The plugin itself is requested: the status request still answers after a plugin is removed
  // (docs/ekuiper.md#status).
  const plugin = await client.plugin(name);
  if (plugin !== null) return plugin;
  const names = (await client.plugins()).map((other) => other.name);
  const exported = await client.exported();
  const interrupted = interruptedOf(exported, name, null);
  if (interrupted !== null)
    throw new InterruptedPlugin(interrupted, exported, client.address.label);
  throw noSuchPlugin(name, names, client.address.label);
}

/** The plugin is missing because a change of it was interrupted or is in progress. */
export class InterruptedPlugin extends KpluginError {
  readonly interrupted: Interrupted;
  readonly exported: HostExport;

  constructor(interrupted: Interrupted, exported: HostExport, host: string) {
    const { plugin, before } = interrupted;
    super({
      code: 'no-such-plugin',
      exit: EXIT.host,
      message: `${host} has no plugin ${plugin}${before === null ? '' : ' any more'}`,
      reason: interruptedText(interrupted),
      hint: `${interruptedFix(interrupted, host)}\nto abandon it: kplugin remove ${pluginAt(plugin, host)}`,
      data: { interrupted },
    });
    this.interrupted = interrupted;
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
