import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../../cli/context.ts';
import type { PluginHost } from '../../emulator/runtime/host.ts';
import { HostRefusal } from '../../emulator/runtime/refusal.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { oneLine } from '../../model/printable.ts';
import { shownPath } from '../pack/output-place.ts';
import type { OwnPaths } from './own-paths.ts';
import type { NamedPackage } from './package-of.ts';

/**
 * Installs the packages and starts them, one after the other; over a plugin that a kept home has already. One that
 * cannot be started is said and left out; throws KpluginError when that is true of all of them.
 */
export async function bringPlugins(
  packages: readonly NamedPackage[],
  host: PluginHost,
  paths: OwnPaths,
  context: Context,
): Promise<void> {
  const failures: KpluginError[] = [];
  for (const one of packages) {
    if (context.signal.aborted) return;
    await showOwn(one, host, paths, context.cwd);
    await install(one, host).catch((error: unknown) => {
      if (!(error instanceof HostRefusal)) throw error;
      failures.push(notStarted(one, paths.show(error.message)));
    });
  }
  const [first] = failures;
  if (first === undefined || context.signal.aborted) return;
  if (failures.length === packages.length) throw first;
  for (const { message, reason } of failures)
    context.talk.warn(`${oneLine(message)}\n  ${(reason ?? '').replaceAll('\n', '\n  ')}`);
}

async function install({ name, zip }: NamedPackage, host: PluginHost): Promise<void> {
  const registration = { name, file: `file://${zip}`, shellParas: null };
  if (host.describe(name) === null) await host.register(registration);
  else await host.update(name, registration);
}

async function showOwn(
  { name, directory }: NamedPackage,
  host: PluginHost,
  paths: OwnPaths,
  cwd: string,
): Promise<void> {
  if (directory === null) return;
  const own = shownPath(directory, cwd);
  const { plugins } = host.home;
  paths.add(join(plugins, name), own);
  // A temporary folder that is a link (macOS) comes back from the plugin by its real name.
  const real = await realpath(plugins);
  if (real !== plugins) paths.add(join(real, name), own);
}

function notStarted({ label, name }: NamedPackage, words: string): KpluginError {
  return new KpluginError({
    code: 'plugin-not-started',
    exit: EXIT.findings,
    message: `${name} (${label}) did not start`,
    reason: words.replaceAll('\n', '\n  '),
    hint: `mend what it says, then run the same command again; --no-spawn lets you start it yourself, for example in a debugger`,
  });
}
