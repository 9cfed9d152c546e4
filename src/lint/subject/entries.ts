import { has } from '../../model/behaviours.ts';
import type { Entry, PluginView } from '../../model/view.ts';
import type { Subject } from './subject.ts';

const indexes = new WeakMap<PluginView, ReadonlyMap<string, Entry>>();

/**
 * The entry that is at a path after unpacking: the last of several, but a file stays where a folder is to be created.
 * Null when there is none.
 */
export function entryAt(view: PluginView, path: string): Entry | null {
  let index = indexes.get(view);
  if (!index) {
    index = indexOf(view);
    indexes.set(view, index);
  }
  return index.get(path) ?? null;
}

function indexOf({ entries }: PluginView): ReadonlyMap<string, Entry> {
  const index = new Map<string, Entry>();
  for (const entry of entries) {
    if (entry.kind !== 'directory' || !index.has(entry.path)) index.set(entry.path, entry);
  }
  return index;
}

/**
 * Whether eKuiper finds a file that it requires (`executable`, `sources/x.yaml`). It compares the cleaned entry names
 * from 2.1.3 on and the raw ones before; directories do not count (docs/files.md#package-layout).
 */
export function hasRequiredFile(subject: Subject, path: string): boolean {
  const entry = entryAt(subject.view, path);
  if (entry === null || entry.kind === 'directory') return false;
  const wrongName = subject.view.form === 'zip' && entry.rawName.startsWith('./');
  return has(subject.target, 'cleans-entry-names') || !wrongName;
}

/** Whether eKuiper unpacks a path into `etc/` and `data/` instead of the plugin's own folder. */
export function isSymbolPath(path: string): boolean {
  return /^(sources|sinks|functions)\//.test(path);
}

/** The paths of a package: its entries, and the folders above them. */
export function packedPaths({ entries }: PluginView): Set<string> {
  const paths = new Set<string>();
  for (const { path } of entries) {
    paths.add(path);
    // From the innermost folder: when a folder is known, all above it are, and thousands of files may be in one.
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash);
      if (paths.has(folder)) break;
      paths.add(folder);
    }
  }
  return paths;
}
