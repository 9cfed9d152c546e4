import { mkdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { PluginInfo } from '../../../model/plugin-info.ts';
import { mannersOf, type Target } from '../../../model/target.ts';
import { removeFiles } from '../../../package/remove-tree.ts';
import type { Home } from '../home.ts';
import { HostRefusal } from '../refusal.ts';
import { type OpenZip, openZip } from './archive.ts';
import { runInstallScript } from './install-script.ts';
import { manifestIn } from './manifest.ts';
import { place } from './place.ts';
import { routeOf } from './route.ts';
import { takeTurn } from './turn.ts';

export interface Unpacking {
  readonly home: Home;
  readonly target: Target;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends the unpacking, or a running install.sh. */
  readonly signal: AbortSignal;
}

/** A plugin on the disk, with what takes it off again when it does not start. */
export interface Unpacked {
  readonly info: PluginInfo;
  /** What eKuiper removes after a failed install: the files it lists, the folder only when empty. */
  undo(): Promise<void>;
}

/**
 * Unpacks a package and runs its `install.sh`, in eKuiper's order and with its words (HostRefusal).
 * After a failure just those files stay behind that eKuiper leaves. Source: portable/manager.go install.
 */
export async function unpack(
  zipPath: string,
  name: string,
  shellParas: readonly string[],
  unpacking: Unpacking,
): Promise<Unpacked> {
  const folder = join(unpacking.home.plugins, name);
  const installed = new Map<string, string>();
  const undo = (): Promise<void> => removeInstalled(installed, folder);
  const zip = await openZip(zipPath, `${folder}.zip`);
  try {
    const info = await manifestIn(zip, name, mannersOf(unpacking.target));
    await mkdir(folder, { recursive: true, mode: 0o755 });
    await placeAll(zip, folder, installed, unpacking);
    requireFiles(info, name, installed);
    if (installed.has('install.sh')) await runInstallScript(folder, shellParas, unpacking);
    return { info, undo };
  } catch (error) {
    await undo();
    throw error;
  } finally {
    zip.close();
  }
}

/** Files written between two turns of the event loop. */
const BATCH = 200;

async function placeAll(
  zip: OpenZip,
  folder: string,
  installed: Map<string, string>,
  { home, target, signal }: Unpacking,
): Promise<void> {
  for (const [index, item] of zip.items.entries()) {
    if (index % BATCH === 0) await takeTurn(signal);
    const route = routeOf(item.name, folder, home, mannersOf(target));
    for (const root of route.roots) {
      const path = await place(item, root, route.way, { home, target, signal });
      // The last root alone is remembered: after a failure the copies in etc stay, as with eKuiper 2.2 and later.
      if (!item.mode.isDirectory) installed.set(route.name, path);
    }
  }
}

function requireFiles(
  info: PluginInfo,
  name: string,
  installed: ReadonlyMap<string, string>,
): void {
  const sources = (info.sources ?? []).map((source) => `sources/${source}.yaml`);
  const missing = [`${name}.json`, info.executable, ...sources].find(
    (file) => !installed.has(file),
  );
  if (missing !== undefined) throw new HostRefusal(`missing ${missing}`);
}

async function removeInstalled(
  installed: ReadonlyMap<string, string>,
  folder: string,
): Promise<void> {
  await removeFiles(installed.values());
  await rmdir(folder).catch(() => undefined);
}
