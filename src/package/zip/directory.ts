import { MAX_ENTRIES, MAX_NAMES } from './limits.ts';
import { readRecord, type ZipRecord } from './record.ts';
import { NOT_VALID, SHORT, ZipFault } from './zip-fault.ts';
import type { ZipSource } from './zip-source.ts';

export const END_LENGTH = 22;

export const LOCATOR_LENGTH = 20;

const ZIP64_LENGTH = 56;
const SIGNATURE = Buffer.from('PK\x05\x06', 'latin1');
const LOCATOR = 0x07064b50;
const ZIP64 = 0x06064b50;
const END_RECORD = 'its end record';
const NEAR = 1024;
const FAR = 65 * 1024;
const LARGEST = (1n << 63n) - 1n;

/** The message for a file without an end record. */
export const NO_END = 'it has no end record, with which every zip ends';

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

/** Where Go finds the central directory, and by which record. */
export interface DirectoryEnd {
  /** Offset of the end record, and of the end of its comment. */
  readonly at: number;
  readonly end: number;
  /** The values of the end record itself. */
  readonly plain: DirectoryClaim;
  /** Whether the disk numbers are 0 and the number of entries on this disk is the total. */
  readonly isOneDisk: boolean;
  /** The values that Go uses: of the zip64 end record if it reads the locator, else of the end record. */
  readonly claim: DirectoryClaim;
  /** The record that names the directory, as text: `its end record`. */
  readonly claimedBy: string;
  /** Offset of the zip64 end record that Go used; null for none. */
  readonly zip64At: number | null;
  /** Offset of the directory, and the number that is added to every offset in it. */
  readonly directoryAt: number;
  readonly base: bigint;
}

/** The central directory's location by an end record. Sizes and offsets in bytes, not validated. */
export interface DirectoryClaim {
  readonly records: bigint;
  readonly size: bigint;
  readonly offset: bigint;
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

/**
 * Finds the central directory as Go's archive/zip does, whatever other readers do: readDirectoryEnd,
 * findSignatureInBlock, findDirectory64End and readDirectory64End of its reader.go (Go 1.22 to 1.26). Throws a
 * ZipFault when Go rejects the file.
 */
function findDirectory(source: ZipSource): DirectoryEnd {
  const { at, record } = findEnd(source);
  const plain = {
    records: BigInt(record.readUInt16LE(10)),
    size: BigInt(record.readUInt32LE(12)),
    offset: BigInt(record.readUInt32LE(16)),
  };
  const zip64At = isSaturated(plain) ? followLocator(source, at) : null;
  const claim = zip64At === null ? plain : readZip64(source, zip64At);
  const claimedBy = zip64At === null ? END_RECORD : 'its zip64 end record';
  const isOneDisk =
    record.readUInt32LE(4) === 0 && record.readUInt16LE(8) === record.readUInt16LE(10);
  const end = at + END_LENGTH + record.readUInt16LE(20);
  const placed = place(source, zip64At ?? at, claim);
  if (placed === null) throw new ZipFault(whyOutside(source, at, plain, claimedBy), NOT_VALID);
  return { at, end, plain, isOneDisk, claim, claimedBy, zip64At, ...placed };
}

function findEnd(source: ZipSource): { readonly at: number; readonly record: Buffer } {
  for (const length of [NEAR, FAR]) {
    const start = Math.max(0, source.size - length);
    const block = source.read(start, source.size - start);
    const found = lastSignature(block);
    if (found !== null) return { at: start + found, record: block.subarray(found) };
    if (start === 0) break;
  }
  throw new ZipFault(whyNoEnd(source), NOT_VALID);
}

/** Offset of the last end record that fits; null also when the last one has a comment that exceeds the file. */
function lastSignature(block: Buffer): number | null {
  const from = block.length - END_LENGTH;
  const at = from < 0 ? -1 : block.lastIndexOf(SIGNATURE, from);
  if (at < 0) return null;
  return at + END_LENGTH + block.readUInt16LE(at + 20) > block.length ? null : at;
}

/** The likely reason why Go finds no end record. */
function whyNoEnd(source: ZipSource): string {
  const start = Math.max(0, source.size - FAR);
  const block = source.read(start, source.size - start);
  const at = block.lastIndexOf(SIGNATURE);
  if (at < 0) return NO_END;
  const left = block.length - at - END_LENGTH;
  if (left < 0) return `its end record has ${block.length - at} of ${END_LENGTH} bytes`;
  return `its end record says that a comment of ${block.readUInt16LE(at + 20)} bytes follows, and there are ${left}`;
}

/** Go compares the size with 0xffff instead of 0xffffffff; so does this. */
function isSaturated({ records, size, offset }: DirectoryClaim): boolean {
  return records === 0xffffn || size === 0xffffn || offset === 0xffffffffn;
}

function followLocator(source: ZipSource, endAt: number): number | null {
  const locator = readLocator(source, endAt);
  const isTaken = locator !== null && locator.disk === 0 && locator.disks === 1 && locator.at >= 0n;
  return isTaken ? Number(locator.at) : null;
}

/** A zip64 locator, directly before the end record; null when there is none. */
interface Zip64Locator {
  readonly disk: number;
  readonly disks: number;
  /** The offset of the zip64 end record by the locator. */
  readonly at: bigint;
}

export function readLocator(source: ZipSource, endAt: number): Zip64Locator | null {
  const bytes = source.read(endAt - LOCATOR_LENGTH, LOCATOR_LENGTH);
  if (bytes.length < LOCATOR_LENGTH || bytes.readUInt32LE(0) !== LOCATOR) return null;
  return {
    disk: bytes.readUInt32LE(4),
    disks: bytes.readUInt32LE(16),
    at: bytes.readBigInt64LE(8),
  };
}

/** Reads a zip64 end record; throws a ZipFault when there is none. */
export function readZip64(
  source: ZipSource,
  at: number,
): DirectoryClaim & { readonly next: bigint } {
  const bytes = source.read(at, ZIP64_LENGTH);
  if (bytes.length < ZIP64_LENGTH) {
    const left = Math.max(0, source.size - at);
    const detail = `its zip64 locator leads to a place with ${left} bytes behind it, and a zip64 end record has ${ZIP64_LENGTH}`;
    throw new ZipFault(detail, 'EOF');
  }
  if (bytes.readUInt32LE(0) !== ZIP64) {
    throw new ZipFault('there is no zip64 end record where its locator says', NOT_VALID);
  }
  return {
    records: bytes.readBigUInt64LE(32),
    size: bytes.readBigUInt64LE(40),
    offset: bytes.readBigUInt64LE(48),
    next: BigInt(at) + 12n + bytes.readBigUInt64LE(4),
  };
}

function place(
  source: ZipSource,
  endAt: number,
  { size, offset }: DirectoryClaim,
): Pick<DirectoryEnd, 'directoryAt' | 'base'> | null {
  if (size > LARGEST || offset > LARGEST) return null;
  const base = BigInt.asIntN(64, BigInt.asIntN(64, BigInt(endAt) - size) - offset);
  const directoryAt = BigInt.asIntN(64, base + offset);
  if (directoryAt < 0n || directoryAt >= BigInt(source.size)) return null;
  // Go prefers the unchanged offset when an entry starts there.
  if (base > 0n && offset < BigInt(source.size)) {
    const at = Number(offset);
    if (readRecord(source, at, 0n).record !== null) return { directoryAt: at, base: 0n };
  }
  return { directoryAt: Number(directoryAt), base };
}

/** The likely reason why the directory would be outside of the file. */
function whyOutside(
  source: ZipSource,
  endAt: number,
  { offset }: DirectoryClaim,
  claimedBy: string,
): string {
  // This offset refers to the zip64 end record, which Go did not find.
  if (offset === 0xffffffffn && claimedBy === END_RECORD) {
    const locator = readLocator(source, endAt);
    if (locator === null)
      return `${END_RECORD} refers to a zip64 end record, and no zip64 locator stands before it`;
    if (locator.disk !== 0 || locator.disks !== 1) {
      return `its zip64 locator says that the zip lies on ${locator.disks} disks, its zip64 end record on number ${locator.disk}`;
    }
    return `its zip64 locator leads to ${locator.at}, which is no place in a file`;
  }
  return `${claimedBy} says that the table of contents lies outside of the file`;
}
