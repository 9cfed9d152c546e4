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

const VENDORED = /(^|\/)(site-packages|dist-packages|node_modules|vendor|venv|\.venv|tests?)\//;

/** Whether a path lies in a folder of libraries that others wrote, or of tests. */
export function isVendored(path: string): boolean {
  return VENDORED.test(path);
}

/** Enough for what people write; what is vendored beyond that is not theirs. */
export const OWN_FILES = { files: 100, bytes: 256 * 1024 } as const;

/** The first {@link OWN_FILES} of a kind that the plugin's people may have written, in the order of the container. */
export function ownFiles({ entries }: PluginView, isOne: (entry: Entry) => boolean): Entry[] {
  const files = entries.filter((entry) => entry.kind === 'file' && isOne(entry));
  return files
    .filter(({ path, size }) => size <= OWN_FILES.bytes && !isVendored(path))
    .slice(0, OWN_FILES.files);
}

/** A file, with its size in bytes as the container reports it. */
export type SizedFile = Pick<Entry, 'path' | 'size'>;

/**
 * Limits for reading one kind of file, so that every check ends within seconds: known plugins are far below them. The
 * rule too-many-symbol-files reports how many files are skipped.
 */
export const FILE_LIMITS = { files: 500, bytes: 2 * 1024 ** 2 } as const;

/** The first files, up to {@link FILE_LIMITS}; the very first one at any size. */
export function firstFiles(files: readonly SizedFile[]): readonly SizedFile[] {
  let bytes = 0;
  const end = files.findIndex(({ size }, at) => {
    bytes += size;
    return at > 0 && (at >= FILE_LIMITS.files || bytes > FILE_LIMITS.bytes);
  });
  return end < 0 ? files : files.slice(0, end);
}

/** Selects files by their path. Use one function object per kind: the results are cached by it. */
type Kind = (path: string) => boolean;

const picked = new WeakMap<readonly Entry[], Map<Kind, readonly SizedFile[]>>();

/**
 * The files of a kind among the entries of a package, each path once. Cached, because several rules call it and a
 * package may have 60,000 files.
 */
export function filesIn(entries: readonly Entry[], isOne: Kind): readonly SizedFile[] {
  const known = picked.get(entries) ?? new Map<Kind, readonly SizedFile[]>();
  picked.set(entries, known);
  const files = known.get(isOne) ?? pick(entries, isOne);
  known.set(isOne, files);
  return files;
}

function pick(entries: readonly Entry[], isOne: Kind): readonly SizedFile[] {
  const files = new Map<string, SizedFile>();
  for (const entry of entries) {
    if (entry.kind === 'file' && isOne(entry.path)) files.set(entry.path, entry);
  }
  return [...files.values()];
}
