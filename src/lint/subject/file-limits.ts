import type { Entry } from '../../model/view.ts';

/**
 * Limits for reading one kind of file, so that every check ends within seconds: known plugins are far below them. The
 * rule too-many-symbol-files reports how many files are skipped.
 */
export const FILE_LIMITS = { files: 500, bytes: 2 * 1024 ** 2 } as const;

/** A file, with its size in bytes as the container reports it. */
export type SizedFile = Pick<Entry, 'path' | 'size'>;

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
