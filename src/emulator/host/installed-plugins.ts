import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { compareText } from '../../model/finding.ts';
import type { PluginInfo } from '../../model/plugin/manifest.ts';
import { removeTree } from '../../package/files/folders.ts';
import { readRegularFile } from '../../package/files/regular-file.ts';
import { type Home, isInside, makeHome } from '../runtime/home.ts';
import { HostRefusal, pathError } from '../runtime/refusal.ts';
import { manifestOf } from '../runtime/unpack/package-zip.ts';
import { type Unpacking, unpack } from '../runtime/unpack/unpack.ts';
import { fetchPackage, isPackageUri } from './download.ts';
import { type Registration, Registrations } from './registration.ts';

/** The plugins of a home directory and their registrations. Source: portable/manager.go. */
export class InstalledPlugins {
  readonly #home: Home;
  readonly #registrations: Registrations;
  readonly #plugins = new Map<string, PluginInfo>();

  constructor(home: Home) {
    this.#home = home;
    this.#registrations = new Registrations(home.registrations);
  }

  /**
   * Creates the home directory and reads the installed plugins; `onBroken` is called for a directory that is no
   * plugin.
   */
  async load(onBroken: (name: string, reason: string) => void): Promise<void> {
    await makeHome(this.#home);
    await this.#registrations.load();
    for (const found of await findInstalled(this.#home)) {
      if (found.ok) this.#plugins.set(found.info.name, found.info);
      else onBroken(found.name, found.reason);
    }
  }

  /** In the order of installation; executables as absolute paths. */
  get all(): readonly PluginInfo[] {
    return [...this.#plugins.values()];
  }

  /** Sorted by name. */
  get sorted(): readonly PluginInfo[] {
    return this.all.toSorted((a, b) => compareText(a.name, b.name));
  }

  get(name: string): PluginInfo | null {
    return this.#plugins.get(name) ?? null;
  }

  get registrations(): readonly (readonly [string, Registration])[] {
    return this.#registrations.all;
  }

  /** Downloads, unpacks, starts and registers a plugin. Throws HostRefusal. */
  async install(registration: Registration, installing: Installing): Promise<PluginInfo> {
    const name = trimSpaces(registration.name);
    const info = await install(name, registration, {
      ...installing,
      start: (one) => this.#listedWhile(one, () => installing.start(one)),
    });
    await this.#registrations.put(name, { ...registration, name });
    return info;
  }

  /**
   * eKuiper lists a plugin while it starts, and no longer lists it when the start fails
   * (docs/ekuiper.md#start-at-the-install).
   */
  async #listedWhile(info: PluginInfo, start: () => Promise<void>): Promise<void> {
    this.#plugins.set(info.name, info);
    try {
      await start();
    } catch (error) {
      this.#plugins.delete(info.name);
      throw error;
    }
  }

  /** Unregisters a plugin and removes its files. Throws HostRefusal when it is not installed. */
  async remove(rawName: string): Promise<void> {
    const name = trimSpaces(rawName);
    const info = this.#plugins.get(name);
    if (info === undefined) throw new HostRefusal(`portable plugin ${rawName} is not found`);
    this.#plugins.delete(name);
    await this.#registrations.remove(name);
    await removeFiles(info, this.#home);
  }
}

/** Trims a name as eKuiper does. */
export function trimSpaces(name: string): string {
  let start = 0;
  let end = name.length;
  while (name[start] === ' ') start += 1;
  while (end > start && name[end - 1] === ' ') end -= 1;
  return name.slice(start, end);
}

interface Installing extends Unpacking {
  /** Whether a plugin of this name is installed. */
  readonly isTaken: (name: string) => boolean;
  /** Starts the plugin, or does nothing where the first rule would start it; a HostRefusal undoes the installation. */
  readonly start: (info: PluginInfo) => Promise<void>;
}

/**
 * Downloads, unpacks and starts the plugin of a registration; `name` is trimmed. Resolves to the plugin with the
 * absolute path of its executable. Throws HostRefusal with eKuiper's error text. Source: portable/manager.go Register.
 */
async function install(
  name: string,
  registration: Registration,
  installing: Installing,
): Promise<PluginInfo> {
  check(name, registration, installing);
  const { home, target, signal } = installing;
  const into = join(home.plugins, `${name}.zip`);
  const fetched = await fetchPackage(registration.file, { target, into, signal });
  try {
    return await unpackAndStart(fetched.path, name, registration.shellParas ?? [], installing);
  } catch (error) {
    if (!(error instanceof HostRefusal)) throw error;
    throw new HostRefusal(`fail to install plugin: ${error.message}`, { cause: error });
  } finally {
    await fetched.release();
  }
}

function check(name: string, { file }: Registration, { home, isTaken }: Installing): void {
  if (name === '') throw new HostRefusal('invalid name : should not be empty');
  if (!isPackageUri(file)) throw new HostRefusal(`invalid uri ${file}`);
  if (isTaken(name)) throw new HostRefusal(`invalid name ${name}: duplicate`);
  if (/[/\\\0]/.test(name) || !isInside(home.plugins, join(home.plugins, name))) {
    throw new HostRefusal(`invalid name ${name}: kplugin serve refuses to leave its home for it`);
  }
}

async function unpackAndStart(
  zipPath: string,
  name: string,
  shellParas: readonly string[],
  installing: Installing,
): Promise<PluginInfo> {
  const unpacked = await unpack(zipPath, name, shellParas, installing);
  const info = withAbsoluteExecutable(unpacked.info, installing.home);
  try {
    await requireExecutable(info.executable);
    await installing.start(info);
  } catch (error) {
    await unpacked.undo();
    throw error;
  }
  return info;
}

/** The executable can be missing only when the manifest names a file below `sources/`, `sinks/` or `functions/`. */
async function requireExecutable(executable: string): Promise<void> {
  await stat(executable).catch((error: unknown) => {
    const words = pathError('stat', executable, error);
    throw new HostRefusal(
      `cannot find executable \`${executable}\` when loading portable plugins: ${words}`,
    );
  });
}

/** A directory that eKuiper would read as a plugin at its start. */
type Found =
  | { readonly ok: true; readonly info: PluginInfo }
  | { readonly ok: false; readonly name: string; readonly reason: string };

/** Reads the manifests below `plugins/portable`, as eKuiper does at its start. */
async function findInstalled(home: Home): Promise<Found[]> {
  const entries = await readdir(home.plugins, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(names.sort().map((name) => readInstalled(home, name)));
}

async function readInstalled(home: Home, name: string): Promise<Found> {
  try {
    const bytes = await readRegularFile(join(home.plugins, name, `${name}.json`));
    return { ok: true, info: withAbsoluteExecutable(manifestOf(bytes, name), home) };
  } catch (error) {
    return { ok: false, name, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** eKuiper lists a plugin with the absolute path of its executable. */
function withAbsoluteExecutable(info: PluginInfo, home: Home): PluginInfo {
  return { ...info, executable: join(home.plugins, info.name, info.executable) };
}

/**
 * Removes a plugin's directory and the files of its symbols from every root, even when another plugin has the same
 * symbol, as eKuiper does (docs/ekuiper.md#symbols-of-two-plugins).
 */
async function removeFiles(info: PluginInfo, home: Home): Promise<void> {
  const files = [
    ...(info.sources ?? []).flatMap((name) => [`sources/${name}.yaml`, `sources/${name}.json`]),
    ...(info.sinks ?? []).flatMap((name) => [`sinks/${name}.yaml`, `sinks/${name}.json`]),
    ...(info.functions ?? []).map((name) => `functions/${name}.json`),
  ];
  for (const root of home.symbolRoots) {
    for (const file of files) await rm(join(root, file), { force: true });
  }
  await removeTree(join(home.plugins, info.name));
}
