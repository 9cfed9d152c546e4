import type { Directory } from './directory.ts';
import { FLAG, type ZipRecord } from './record.ts';
import type { ZipSource } from './zip-source.ts';

/** A part of the file that a record covers. Offsets in bytes, `end` is exclusive. */
export interface Part {
  readonly start: number;
  readonly end: number;
  /** The entry whose header and data it is; null for the directory and what follows it. */
  readonly record: ZipRecord | null;
}

/** The layout of a zip file. */
export interface Layout {
  /** The first two parts that overlap; null for none. */
  readonly overlap: readonly [Part, Part] | null;
  /** Number of parts that start before an earlier one ends. */
  readonly overlaps: number;
  /** Bytes that no record covers, in ascending order. */
  readonly gaps: readonly Gap[];
}

export interface Gap {
  readonly start: number;
  readonly end: number;
  readonly where: 'front' | 'between' | 'before-directory' | 'behind-directory' | 'trailing';
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
