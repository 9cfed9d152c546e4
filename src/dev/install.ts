import { pathToFileURL } from 'node:url';
import type { PluginHost } from '../emulator/host/host.ts';
import { HostRefusal } from '../emulator/runtime/refusal.ts';
import type { SymbolHost } from '../emulator/runtime/symbol-contract.ts';
import { EXIT, KpluginError } from '../model/error.ts';

/** The part of the embedded host that a watch uses. */
export type DevHost = SymbolHost &
  Pick<
    PluginHost,
    'register' | 'update' | 'remove' | 'describe' | 'status' | 'forgetConfigs' | 'setEnvironment'
  >;

/**
 * Stops the symbols of a plugin that clients have started; the returned function restarts them and resolves to the
 * failures.
 */
export type HoldRuns = (plugin: string) => Promise<() => Promise<readonly string[]>>;

/**
 * Replaces the installed plugin by a package. eKuiper loses functions in an update
 * (docs/ekuiper.md#functions-after-an-update), keeps the old YAML of sources
 * (docs/ekuiper.md#source-yaml-after-an-update), and 2.0 leaves the plugin dead after every second update
 * (docs/ekuiper.md#killed-by-an-update); during development the new program is wanted, so all of this is worked around
 * here. Throws a KpluginError with the host's error text; then no plugin of that name is installed.
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

/** Removes a plugin whose name has changed; does nothing when it is not installed. */
export async function removePlugin(host: DevHost, name: string): Promise<void> {
  await closeFunctions(host, name);
  if (host.describe(name) !== null) await host.remove(name);
}

/** Closes the functions of the old process; callers open them again. */
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
