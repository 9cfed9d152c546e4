import { realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Action, FlagValues } from '../../cli/command.ts';
import type { Context } from '../../cli/context.ts';
import { ownPython } from '../../cli/find-python.ts';
import { inTemporaryFolder } from '../../cli/folders.ts';
import { parseTarget } from '../../cli/shared-flags.ts';
import type { PluginHost } from '../../emulator/host/host.ts';
import { HostRefusal } from '../../emulator/runtime/refusal.ts';
import { type AnyEvent, Feed } from '../../emulator/symbols/feed.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { Target } from '../../model/target.ts';
import { shownPath } from '../pack/output-place.ts';
import { type AttachedPlugin, readAttachedPlugin } from './attached-plugin.ts';
import type { command } from './command.ts';
import { OwnPaths } from './log-text.ts';
import { type NamedPackage, packageOf, refuseDuplicates, sharedSymbols } from './named-plugin.ts';
import { openLog, type ServeLog } from './open-log.ts';
import { checkOpenFileLimit, pluginEnvironment } from './plugin-environment.ts';
import { type ChosenPython, choosePython, projectPythons } from './pythons.ts';
import { readyOutcome } from './ready.ts';
import { serveUntil } from './serve-until.ts';
import {
  hostNames,
  isLoopback,
  parseListen,
  parseSymbols,
  parseTimeouts,
  refuseWindows,
} from './settings.ts';

/** `kplugin serve`: runs a host and its two servers until Ctrl-C. */
export const run: Action<typeof command.flags> = async ({ flags, rest }, context) => {
  refuseWindows(process.platform, 'kplugin serve');
  checkOpenFileLimit();
  const log = await openLog(context);
  try {
    await inTemporaryFolder('kplugin-pack-', context.signal, async (scratch) =>
      serveAll(await settingsOf(flags, rest, scratch, context), log, context),
    );
  } finally {
    log.close();
  }
  context.log.info('stopped: nothing is left running');
  return { data: null, view: () => [], reported: true };
};

type Settings = Awaited<ReturnType<typeof settingsOf>>;

/** Checks the command line and the plugins before any server listens. */
async function settingsOf(
  flags: FlagValues<typeof command.flags>,
  named: readonly string[],
  scratch: string,
  context: Context,
) {
  const target = parseTarget(flags.target);
  const listen = parseListen(flags.listen);
  const symbols = parseSymbols(flags.symbols, listen);
  const timeouts = parseTimeouts(flags, target);
  const names = hostNames(flags.allowHost);
  const env = pluginEnvironment(flags.env, context.env, context.log);
  const python = await choosePython(flags.python, named[0] ?? '.', context);
  warnOpen([listen.address, symbols?.address ?? '127.0.0.1'], context);
  const home = flags.home === undefined ? null : resolve(context.cwd, flags.home);
  const plugins = await pluginsOf(flags.noSpawn, named, { target, python, scratch }, context);
  return { target, listen, symbols, timeouts, names, env, python, home, ...plugins };
}

async function pluginsOf(
  noSpawn: boolean,
  named: readonly string[],
  options: { readonly target: Target; readonly python: ChosenPython; readonly scratch: string },
  context: Context,
): Promise<{ packages: NamedPackage[]; hands: AttachedPlugin[] }> {
  const packages: NamedPackage[] = [];
  const hands: AttachedPlugin[] = [];
  const labels = noSpawn && named.length === 0 ? ['.'] : named;
  for (const label of labels) {
    if (noSpawn) hands.push(await attached(label, options, context));
    else packages.push(await packageOf(label, options, context));
  }
  const all = [...packages, ...hands];
  refuseDuplicates(all);
  const warnings = sharedSymbols(all).map((sentence) => `warning: ${sentence}`);
  await context.log.show({ lines: warnings }, 'be-seen');
  return { packages, hands };
}

/** Each is started with the Python of its own project. */
async function attached(
  label: string,
  { target, python }: { readonly target: Target; readonly python: ChosenPython },
  context: Context,
): Promise<AttachedPlugin> {
  const own = python.from === '--python' ? null : await ownPython(resolve(context.cwd, label));
  return readAttachedPlugin(label, { target, python: own?.program ?? python.program }, context);
}

async function serveAll(settings: Settings, log: ServeLog, context: Context): Promise<void> {
  const { packages, hands, target, python, home } = settings;
  const { cwd } = context;
  const paths = new OwnPaths();
  const feed = new Feed(Date.now);
  feed.subscribe(log.onItem);
  const folders = new Map(
    packages.flatMap(({ name, directory }) => (directory === null ? [] : [[name, directory]])),
  );
  await serveUntil({
    ...settings,
    python: python.program,
    projectPythons: projectPythons(python, folders, context.cwd),
    feed,
    byHand: hands.map(({ plugin }) => plugin),
    signal: context.signal,
    shown: (event) => withOwnPaths(event, paths),
    onServed: log.onServed,
    setUp: async (host) => {
      await bringPlugins(packages, host, paths, context);
      for (const one of hands) await adopt(one, host);
    },
    onReady: (serving) => {
      const isTemporary = home === null;
      return context.report(
        readyOutcome({ ...serving, ...{ target, python, isTemporary, cwd }, byHand: hands }),
      );
    },
  });
}

/** Rewrites paths in the output of a plugin. */
function withOwnPaths(event: AnyEvent, { show }: OwnPaths): AnyEvent {
  if (event.kind === 'output') return { ...event, line: show(event.line) };
  if (event.kind === 'note') return { ...event, text: show(event.text) };
  if (event.kind !== 'symbol' || event.error === null) return event;
  return { ...event, error: show(event.error) };
}

async function adopt({ plugin, directory }: AttachedPlugin, host: PluginHost): Promise<void> {
  try {
    await host.adopt(plugin, directory);
  } catch (error) {
    if (!(error instanceof HostRefusal)) throw error;
    throw new KpluginError({
      code: 'socket-in-use',
      exit: EXIT.usage,
      message: `${plugin.name} cannot be waited for`,
      reason: error.message,
      hint: 'end what it names first, then run the same command again',
      cause: error,
    });
  }
}

function warnOpen(addresses: readonly string[], { log }: Context): void {
  const open = addresses.find((address) => !isLoopback(address));
  if (open === undefined) return;
  log.warn(`warning: whoever reaches ${open} can run programs on this machine`);
}

/**
 * Installs and starts the packages one at a time; a plugin of a kept home is updated. Plugins that cannot be started
 * are reported and skipped; throws a KpluginError when all of them fail.
 */
async function bringPlugins(
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
  for (const { message, reason } of failures) {
    await context.log.show({ title: message, lines: (reason ?? '').split('\n') }, 'be-seen');
  }
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
  // The plugin prints real paths, and the temporary directory may be a link (macOS).
  const real = await realpath(plugins);
  if (real !== plugins) paths.add(join(real, name), own);
}

function notStarted({ label, name }: NamedPackage, words: string): KpluginError {
  return new KpluginError({
    code: 'plugin-not-started',
    exit: EXIT.findings,
    message: `${name} (${label}) did not start`,
    reason: words.replaceAll('\n', '\n  '),
    hint: `correct what it says, then run the same command again; --no-spawn lets you start it yourself, for example in a debugger`,
  });
}
