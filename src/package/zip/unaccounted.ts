import type { ViewProblem } from '../../model/view.ts';
import { ambiguous } from './readings.ts';
import type { ZipSource } from './zip-source.ts';

const PIECE = 1024 * 1024;
const ENTRY = Buffer.from('PK\x03\x04', 'latin1');
const DIRECTORY = Buffer.from('PK\x01\x02', 'latin1');
/** So much of either header is looked at: up to the first byte of the name. */
const ENTRY_START = 31;
const DIRECTORY_START = 47;
const LONGEST_NAME = 4096;
const FIRST_VISIBLE = 0x21;

/** Bytes that nothing of the zip accounts for. Offsets in bytes, `end` just behind the last. */
export interface Unaccounted {
  readonly start: number;
  readonly end: number;
  /** Where they lie, in words: `between its entries`. */
  readonly place: string;
  /** In whose compressed data they lie; null for none. */
  readonly entry: string | null;
}

/**
 * `ambiguous` where an entry or part of a table of contents lies in the bytes, which programs find that read a zip from
 * its start or repair it; else `untidy`.
 */
export function unaccounted(
  source: ZipSource,
  { start, end, place, entry }: Unaccounted,
): ViewProblem {
  const count = end - start;
  const bytes = `${count} ${count === 1 ? 'byte' : 'bytes'}`;
  const foreign = foreignContent(source, start, end);
  if (foreign !== null) {
    const detail = `${bytes} ${place} hold ${foreign} that the table of contents does not lead to`;
    return ambiguous(detail, entry);
  }
  return untidy(`${bytes} ${place} ${count === 1 ? 'is' : 'are'} not part of any entry`, entry);
}

/** Something that is odd, and read by Go as it is meant. */
export function untidy(detail: string, entry: string | null = null): ViewProblem {
  return { kind: 'untidy', entry, detail };
}

/** Null for anything else than a piece of a zip, such as the stub of a self-extracting program. */
function foreignContent(source: ZipSource, start: number, end: number): string | null {
  for (let at = start; at < end; at += PIECE) {
    const piece = source.read(at, Math.min(PIECE + DIRECTORY_START, end - at));
    if (holdsHeader(piece, ENTRY, ENTRY_START, 26)) return 'an entry';
    if (holdsHeader(piece, DIRECTORY, DIRECTORY_START, 28)) return 'part of a table of contents';
  }
  return null;
}

/**
 * Whether a header with a name lies in the bytes; `nameLengthAt`: where in it the length of its name stands. Version and
 * method may be any: programs show an entry that they cannot unpack.
 */
function holdsHeader(bytes: Buffer, mark: Buffer, length: number, nameLengthAt: number): boolean {
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) {
    if (at + length > bytes.length) return false;
    const name = bytes.readUInt16LE(at + nameLengthAt);
    const first = bytes.readUInt8(at + length - 1);
    if (name > 0 && name <= LONGEST_NAME && first >= FIRST_VISIBLE) return true;
  }
  return false;
}
