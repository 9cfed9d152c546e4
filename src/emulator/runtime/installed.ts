import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PluginInfo } from '../../model/plugin-info.ts';
import { removeTree } from '../../package/remove-tree.ts';
import type { Home } from './home.ts';
import { manifestOf } from './unpack/manifest.ts';

/** A plugin folder that eKuiper would find at its start. */
export type Found =
  | { readonly ok: true; readonly info: PluginInfo }
  | { readonly ok: false; readonly name: string; readonly reason: string };

/** Reads the manifests below `plugins/portable`, as eKuiper does when it starts. */
export async function findInstalled(home: Home): Promise<Found[]> {
  const entries = await readdir(home.plugins, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(names.sort().map((name) => readInstalled(home, name)));
}

async function readInstalled(home: Home, name: string): Promise<Found> {
  try {
    const bytes = await readFile(join(home.plugins, name, `${name}.json`));
    return { ok: true, info: withAbsoluteExecutable(manifestOf(bytes, name), home) };
  } catch (error) {
    return { ok: false, name, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** eKuiper lists a plugin with the absolute path of its program. */
export function withAbsoluteExecutable(info: PluginInfo, home: Home): PluginInfo {
  return { ...info, executable: join(home.plugins, info.name, info.executable) };
}

/**
 * Removes a plugin's folder and its symbols' files from every root, also when another plugin brought the same
 * symbol, as eKuiper does (real-servers.md §1).
 */
export async function removeFiles(info: PluginInfo, home: Home): Promise<void> {
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
