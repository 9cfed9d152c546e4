import { join, resolve, sep } from 'node:path';
import { has, symbolFileRoots } from '../../model/behaviours.ts';
import { cleanPath } from '../../model/clean-path.ts';
import type { Target } from '../../model/target.ts';
import { makeFolders } from '../../package/files/folders.ts';

/** The destination of one entry: below each of `roots`, at the relative path `way`. */
interface Route {
  /** The name by which required files are looked up. */
  readonly name: string;
  readonly roots: readonly string[];
  /** Relative to the root, as written or cleaned; may contain `..` that leave it. */
  readonly way: string;
}

const SYMBOL_FOLDERS = ['sources', 'sinks', 'functions'];

/** The directories of a host, laid out like eKuiper's home. All paths are absolute. */
export interface Home {
  readonly root: string;
  /** `plugins/portable`: one directory per plugin. */
  readonly plugins: string;
  /** `data/uploads`. */
  readonly uploads: string;
  /** Uploads in progress: on the same disk as `uploads`, but never listed. */
  readonly incoming: string;
  /**
   * The parents of `sources/ sinks/ functions/`: `etc`, `data` or both, in eKuiper's order
   * (docs/files.md#where-files-go).
   */
  readonly symbolRoots: readonly string[];
  /** The one from which eKuiper reads a source's YAML when the source starts. */
  readonly configRoot: string;
  /** The file with the registrations that `/data/export` returns; eKuiper keeps them in its database. */
  readonly registrations: string;
}

/** Returns the paths under `root` for an eKuiper version. */
export function homeAt(root: string, target: Target): Home {
  const at = (...parts: string[]): string => join(resolve(root), ...parts);
  const symbolRoots = symbolFileRoots(target).map((folder) => at(folder));
  return {
    root: at(),
    plugins: at('plugins', 'portable'),
    uploads: at('data', 'uploads'),
    incoming: at('data', 'incoming'),
    symbolRoots,
    configRoot: symbolRoots[0] ?? at('etc'),
    registrations: at('data', 'portable-plugins.json'),
  };
}

/** Creates the directories that eKuiper ships with; existing ones are not changed. */
export async function makeHome(home: Home): Promise<void> {
  const symbolFolders = home.symbolRoots.flatMap((root) =>
    SYMBOL_FOLDERS.map((folder) => join(root, folder)),
  );
  for (const folder of [home.plugins, home.uploads, home.incoming, ...symbolFolders]) {
    await makeFolders(folder);
  }
}

/** Whether `path` is below `folder` (false for the directory itself). */
export function isInside(folder: string, path: string): boolean {
  return resolve(path).startsWith(`${resolve(folder)}${sep}`);
}

/**
 * Assigns entries as eKuiper does: symbol files to etc and data, everything else to the plugin's own directory. From
 * 2.1.3 on names are cleaned first, so that the entry `sources/` loses its slash and is placed in the plugin's
 * directory.
 */
export function routeOf(rawName: string, pluginFolder: string, home: Home, target: Target): Route {
  const name = has(target, 'cleans-entry-names') ? goClean(rawName) : rawName;
  const isSymbolFile = SYMBOL_FOLDERS.some((folder) => name.startsWith(`${folder}/`));
  return { name, roots: isSymbolFile ? home.symbolRoots : [pluginFolder], way: name };
}

/** Go's filepath.Clean: `./a//b/` → `a/b`, an empty name is `.`. */
export function goClean(name: string): string {
  const clean = cleanPath(name);
  return clean.length > 1 ? clean.replace(/\/$/, '') : clean;
}
