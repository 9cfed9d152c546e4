import { type DirectoryEnd, findDirectory } from './end-record.ts';
import { MAX_ENTRIES, MAX_NAMES } from './limits.ts';
import { readRecord, type ZipRecord } from './record.ts';
import { NOT_VALID, SHORT, ZipFault } from './zip-fault.ts';
import type { ZipSource } from './zip-source.ts';

/** The central directory as Go reads it. */
export interface Directory {
  readonly end: DirectoryEnd;
  readonly records: readonly ZipRecord[];
  /** Offset after the last header. */
  readonly directoryEnd: number;
  /** Total bytes of the names that were read. */
  readonly names: number;
  /** Whether reading stopped early because there are more entries, or longer names, than the limits. */
  readonly isTooLong: boolean;
}

/**
 * Reads the central directory: header after header until there is none, then compares the count modulo 65,536 (init
 * of Go's archive/zip). Throws a ZipFault when Go rejects the file. Reads at most one entry more than MAX_ENTRIES and
 * MAX_NAMES allow.
 */
export function readDirectory(source: ZipSource): Directory {
  const end = findDirectory(source);
  const records: ZipRecord[] = [];
  let at = end.directoryAt;
  let names = 0;
  for (;;) {
    const read = readRecord(source, at, end.base);
    if (read.record === null) {
      assertCount(records.length, end, read.why);
      return { end, records, names, directoryEnd: at, isTooLong: false };
    }
    records.push(read.record);
    at = read.next;
    names += read.record.name.length;
    if (records.length > MAX_ENTRIES || names > MAX_NAMES) {
      return { end, records, names, directoryEnd: at, isTooLong: true };
    }
  }
}

function assertCount(
  count: number,
  { claim, claimedBy }: DirectoryEnd,
  why: 'format' | 'short' | 'end',
): void {
  const claimed = claim.records;
  // Go returns an error when the file ends just after a header, whatever the count.
  if (why === 'end') throw new ZipFault('its table of contents goes to the end of the file', 'EOF');
  if (BigInt(count % 65_536) === claimed % 65_536n) return;
  throw new ZipFault(
    `${claimedBy} says ${entriesText(claimed)}, and where the table of contents should be there ${count === 1 ? 'is' : 'are'} ${count}`,
    why === 'short' ? SHORT : NOT_VALID,
  );
}

/** `1 entry`, `2 entries` */
export function entriesText(count: bigint): string {
  return `${count} ${count === 1n ? 'entry' : 'entries'}`;
}
