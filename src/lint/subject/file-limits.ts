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

/** The files among the entries of a package, each path once. */
export function filesIn(entries: readonly Entry[]): readonly SizedFile[] {
  const files = entries.filter(({ kind }) => kind === 'file');
  return [...new Map(files.map((file) => [file.path, file])).values()];
}
