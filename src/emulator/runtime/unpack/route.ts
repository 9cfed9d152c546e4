import { has } from '../../../model/behaviours.ts';
import { cleanPath } from '../../../model/clean-path.ts';
import type { Target } from '../../../model/target.ts';
import type { Home } from '../home.ts';

/** The destination of one entry: below each of `roots`, at the relative path `way`. */
export interface Route {
  /** The name by which required files are looked up. */
  readonly name: string;
  readonly roots: readonly string[];
  /** Relative to the root, as written or cleaned; may contain `..` that leave it. */
  readonly way: string;
}

const SYMBOL_FOLDERS = ['sources/', 'sinks/', 'functions/'];

/**
 * Assigns entries as eKuiper does: symbol files to etc and data, everything else to the plugin's own directory. From
 * 2.1.3 on names are cleaned first, so that the entry `sources/` loses its slash and is placed in the plugin's
 * directory.
 */
export function routeOf(rawName: string, pluginFolder: string, home: Home, target: Target): Route {
  const name = has(target, 'cleans-entry-names') ? goClean(rawName) : rawName;
  const isSymbolFile = SYMBOL_FOLDERS.some((folder) => name.startsWith(folder));
  return { name, roots: isSymbolFile ? home.symbolRoots : [pluginFolder], way: name };
}

/** Go's filepath.Clean: `./a//b/` → `a/b`, an empty name is `.`. */
export function goClean(name: string): string {
  const clean = cleanPath(name);
  return clean.length > 1 ? clean.replace(/\/$/, '') : clean;
}
