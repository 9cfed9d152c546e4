import { createHash } from 'node:crypto';
import { sortedByBytes } from '../../model/byte-order.ts';

/** The fields of an entry that the content digest covers. */
export interface DigestedEntry {
  readonly path: string;
  readonly kind: 'file' | 'directory';
  /** Permission bits. */
  readonly mode: number;
  /** Hex sha256 of the content; null for a directory. */
  readonly sha256: string | null;
}

/**
 * A digest of a package's content, independent of the packer and the time: the sha256 of one line per entry, `<mode,
 * four octal digits> <name> <hex sha256, or - for a directory>\n`, sorted by the bytes of the names (a directory's
 * ends with `/`), in UTF-8. Compression, dates and order do not matter.
 */
export function contentDigest(entries: readonly DigestedEntry[]): string {
  const hash = createHash('sha256');
  for (const entry of sortedByBytes(entries, nameOf)) hash.update(lineOf(entry));
  return hash.digest('hex');
}

function lineOf(entry: DigestedEntry): string {
  const mode = entry.mode.toString(8).padStart(4, '0');
  return `${mode} ${nameOf(entry)} ${entry.sha256 ?? '-'}\n`;
}

function nameOf({ path, kind }: DigestedEntry): string {
  return kind === 'directory' ? `${path}/` : path;
}
