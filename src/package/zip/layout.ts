import type { ViewProblem } from '../../model/view.ts';
import type { Directory } from './directory.ts';
import { ambiguous } from './readings.ts';
import { FLAG, type ZipRecord } from './record.ts';
import type { ZipSource } from './zip-source.ts';

/** A part of the file that a record covers. Offsets in bytes, `end` is exclusive. */
export interface Part {
  readonly start: number;
  readonly end: number;
  /** The entry whose header and data it is; null for the directory and what follows it. */
  readonly record: ZipRecord | null;
}

export interface Gap {
  readonly start: number;
  readonly end: number;
  readonly where: 'front' | 'between' | 'before-directory' | 'behind-directory' | 'trailing';
}

/** The layout of a zip file. */
interface Layout {
  /** The first two parts that overlap; null for none. */
  readonly overlap: readonly [Part, Part] | null;
  /** Number of parts that start before an earlier one ends. */
  readonly overlaps: number;
  /** Bytes that no record covers, in ascending order. */
  readonly gaps: readonly Gap[];
}

/**
 * Determines which record covers which bytes of a zip. `entries`: the parts of entries that have a header at their
 * offset; `tailAt`: where the records after the directory start.
 */
export function layoutOf(
  source: ZipSource,
  directory: Directory,
  entries: readonly Part[],
  tailAt: number,
): Layout {
  const { end, directoryEnd } = directory;
  const parts = [
    ...entries,
    { start: end.directoryAt, end: directoryEnd, record: null },
    { start: tailAt, end: end.end, record: null },
  ];
  parts.sort((a, b) => a.start - b.start || a.end - b.end);
  const gaps: Gap[] = [];
  let overlap: readonly [Part, Part] | null = null;
  let overlaps = 0;
  let last: Part = { start: 0, end: 0, record: null };
  for (const part of parts) {
    if (part.start < last.end) {
      overlap ??= [last, part];
      overlaps += 1;
    } else if (part.start > last.end) {
      const start = last.end + descriptorLength(source, last, part.start);
      if (part.start > start)
        gaps.push({ start, end: part.start, where: whereOf(directory, last, part) });
    }
    if (part.end > last.end) last = part;
  }
  if (last.end < source.size) gaps.push({ start: last.end, end: source.size, where: 'trailing' });
  return { overlap, overlaps, gaps };
}

function whereOf({ end }: Directory, last: Part, next: Part): Gap['where'] {
  if (last.end === 0) return 'front';
  if (next.record !== null) return last.record === null ? 'trailing' : 'between';
  return next.start === end.directoryAt ? 'before-directory' : 'behind-directory';
}

const DESCRIPTOR = 0x08074b50;

/** Length of a data descriptor: three fields of 4 bytes or one of 4 and two of 8, with or without a signature. */
function descriptorLength(source: ZipSource, { end, record }: Part, next: number): number {
  if (record === null || (record.flags & FLAG.descriptor) === 0) return 0;
  const start = source.read(end, 4);
  const short = start.length === 4 && start.readUInt32LE(0) === DESCRIPTOR ? 16 : 12;
  const room = next - end;
  if (room < short) return 0;
  return room === short + 8 ? short + 8 : short;
}

/** Bytes that nothing of the zip accounts for. Offsets in bytes, `end` just behind the last. */
interface Unaccounted {
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

const PIECE = 1024 * 1024;
const ENTRY = Buffer.from('PK\x03\x04', 'latin1');
const DIRECTORY = Buffer.from('PK\x01\x02', 'latin1');

/** So much of either header is looked at: up to the first byte of the name. */
const ENTRY_START = 31;

const DIRECTORY_START = 47;
const LONGEST_NAME = 4096;
const FIRST_VISIBLE = 0x21;

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
