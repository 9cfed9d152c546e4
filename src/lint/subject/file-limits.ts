import type { Entry } from '../../model/view.ts';

/**
 * What is read of one kind of file, so that every check ends within seconds: no plugin is known to come near it. The
 * rule too-many-symbol-files says how many are left.
 */
export const FILE_LIMITS = { files: 500, bytes: 2 * 1024 ** 2 } as const;

/** A file, with its size in bytes as the container tells it. */
export type SizedFile = Pick<Entry, 'path' | 'size'>;

/** The first of the files, up to {@link FILE_LIMITS}; the very first however large it is. */
export function firstFiles(files: readonly SizedFile[]): readonly SizedFile[] {
  let bytes = 0;
  const end = files.findIndex(({ size }, at) => {
    bytes += size;
    return at > 0 && (at >= FILE_LIMITS.files || bytes > FILE_LIMITS.bytes);
  });
  return end < 0 ? files : files.slice(0, end);
}

/** Which files, by their path: one function for each kind, as what it picks is kept by it. */
type Kind = (path: string) => boolean;

const picked = new WeakMap<readonly Entry[], Map<Kind, readonly SizedFile[]>>();

/** The files of a kind among the entries of a package, each path once. Several rules ask, and 60,000 files may be there: they are gone through once. */
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
