import { pathToFileURL } from 'node:url';
import type { PluginHost } from '../emulator/host/host.ts';
import type { SymbolHost } from '../emulator/runtime/contract.ts';
import { HostRefusal } from '../emulator/runtime/refusal.ts';
import { EXIT, KpluginError } from '../model/error.ts';

/** The embedded host as far as a watch needs it. */
export type DevHost = SymbolHost &
  Pick<PluginHost, 'register' | 'update' | 'remove' | 'describe' | 'status' | 'forgetConfigs'>;

/** Stops what clients have started of a plugin; the returned function starts it again and tells what it could not. */
export type HoldRuns = (plugin: string) => Promise<() => Promise<readonly string[]>>;

/**
 * Puts a package in the place of what is installed. eKuiper forgets functions over an update
 * (docs/ekuiper.md#functions-after-an-update), goes on with the old YAML of sources
 * (docs/ekuiper.md#source-yaml-after-an-update), and 2.0 leaves every other plugin dead
 * (docs/ekuiper.md#killed-by-an-update); a watch wants to see the new program, so all of it is fixed here. Throws a
 * KpluginError with what the host said; then no plugin of that name is installed.
 */
export async function replacePlugin(host: DevHost, name: string, zip: string): Promise<void> {
  const registration = { name, file: pathToFileURL(zip).href, shellParas: null };
  await closeFunctions(host, name);
  try {
    if (host.describe(name) === null) await host.register(registration);
    else await host.update(name, registration);
    host.forgetConfigs();
    if (isDead(host, name)) await host.restart(name);
  } catch (error) {
    if (error instanceof HostRefusal) throw notStarted(name, error);
    throw error;
  }
}

/** Takes a plugin away that is called otherwise now; one that is gone already is fine. */
export async function removePlugin(host: DevHost, name: string): Promise<void> {
  await closeFunctions(host, name);
  if (host.describe(name) !== null) await host.remove(name);
}

/** Those of the old process; whoever needs one opens it anew. */
async function closeFunctions(host: DevHost, name: string): Promise<void> {
  const open = host.openFunctions.filter(({ plugin }) => plugin === name);
  await Promise.all(open.map((one) => one.close()));
}

function isDead(host: DevHost, name: string): boolean {
  return host.status(name)?.status === 'error';
}

function notStarted(name: string, refusal: HostRefusal): KpluginError {
  const [words = '', ...diagnosis] = refusal.message.split('\n');
  return new KpluginError({
    code: 'plugin-not-started',
    exit: EXIT.findings,
    message: `${name} does not start`,
    reason: (diagnosis.length > 0 ? diagnosis : [words]).join('\n').replace(/^kplugin: /, ''),
    hint: 'correct it and save: every change starts it anew',
    cause: refusal,
  });
}
