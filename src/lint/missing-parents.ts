import type { Entry } from '../model/view.ts';
import { isSymbolPath } from './entries.ts';

/** A folder that eKuiper 2.4 cannot make because the one above it is not there yet. */
export interface MissingParent {
  readonly entry: Entry;
  /** What it tries to make: `mkdirat models/v1: no such file or directory`. */
  readonly folder: string;
  /** The nearest folder above that has no entry before this one. */
  readonly missing: string;
}

/**
 * Unpacks in thought as eKuiper 2.4 does: entry by entry, making one directory level at a time
 * (`filex/zip.go`, recorded case zip.nested2.nodirs). Each folder is reported once, in the order of the zip.
 * Symbol folders go to `data/` too, where nothing is on a fresh server.
 */
export function missingParents(entries: readonly Entry[]): MissingParent[] {
  const roots = { plugin: new Set(['']), data: new Set(['']) };
  return entries.flatMap((entry) => {
    const made = isSymbolPath(entry.path) ? roots.data : roots.plugin;
    const folder = entry.kind === 'directory' ? entry.path : parentOf(entry.path);
    const found =
      made.has(folder) || made.has(parentOf(folder)) ? [] : [missingOf(entry, folder, made)];
    for (const above of [folder, ...ancestors(folder)]) made.add(above);
    return found;
  });
}

function missingOf(entry: Entry, folder: string, made: ReadonlySet<string>): MissingParent {
  const missing = ancestors(folder).find((above) => made.has(parentOf(above)) && !made.has(above));
  return { entry, folder, missing: missing ?? parentOf(folder) };
}

/** `a/b/c` → `a/b`, `a` */
function ancestors(path: string): string[] {
  const above = parentOf(path);
  return above === '' ? [] : [above, ...ancestors(above)];
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
