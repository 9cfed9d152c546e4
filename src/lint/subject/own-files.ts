import type { Entry, PluginView } from '../../model/view.ts';

/** Enough for what people write; what is vendored beyond that is not theirs. */
export const OWN_FILES = { files: 100, bytes: 256 * 1024 } as const;

const VENDORED = /(^|\/)(site-packages|dist-packages|node_modules|vendor|venv|\.venv|tests?)\//;

/** Whether a path lies in a folder of libraries that others wrote, or of tests. */
export function isVendored(path: string): boolean {
  return VENDORED.test(path);
}

/** The first {@link OWN_FILES} of a kind that the plugin's people may have written, in the order of the container. */
export function ownFiles({ entries }: PluginView, isOne: (entry: Entry) => boolean): Entry[] {
  const files = entries.filter((entry) => entry.kind === 'file' && isOne(entry));
  return files
    .filter(({ path, size }) => size <= OWN_FILES.bytes && !isVendored(path))
    .slice(0, OWN_FILES.files);
}
