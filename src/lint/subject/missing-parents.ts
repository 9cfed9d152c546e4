import type { Entry } from '../../model/view.ts';
import { isSymbolPath } from './entries.ts';

/** Limit of reports: the first missing folder stops the install, the others matter only as a number. */
const MOST_FAULTS = 100;

/** A folder that eKuiper 2.4 cannot create because its parent does not exist yet. */
export interface MissingParent {
  readonly entry: Entry;
  /** The failing call: `mkdirat models/v1: no such file or directory`. */
  readonly folder: string;
  /** The outermost parent folder that has no entry before this one. */
  readonly missing: string;
}

/**
 * Simulates unpacking as eKuiper 2.4 does: entry by entry, creating one directory level at a time (`filex/zip.go`,
 * recorded case zip.nested2.nodirs). Each folder is reported once, in the order of the zip. Symbol files go to other
 * folders, which exist already: eKuiper creates `data/sources`, `data/sinks` and `data/functions` when it starts
 * (createPaths in its `internal/server/server.go`), and ships them in `etc/`.
 */
export function missingParents(entries: readonly Entry[]): MissingParent[] {
  const roots = { plugin: new Set(['']), data: new Set(['', 'sources', 'sinks', 'functions']) };
  const found: MissingParent[] = [];
  for (const entry of entries) {
    if (found.length >= MOST_FAULTS) break;
    const made = isSymbolPath(entry.path) ? roots.data : roots.plugin;
    const folder = entry.kind === 'directory' ? entry.path : parentOf(entry.path);
    const toMake = notYetMade(folder, made);
    const missing = toMake.at(-1);
    if (toMake.length > 1 && missing !== undefined) found.push({ entry, folder, missing });
    for (const above of toMake) made.add(above);
  }
  return found;
}

/** The missing folders of a path, the innermost first. */
function notYetMade(folder: string, made: ReadonlySet<string>): string[] {
  const missing: string[] = [];
  for (let at = folder; !made.has(at); at = parentOf(at)) missing.push(at);
  return missing;
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
