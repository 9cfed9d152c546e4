import { FLAG } from '../zip/record.ts';

/** What a header says of an entry that was written. Sizes and offsets in bytes. */
export interface EntryFields {
  /** As it lies in the zip: a folder's ends with a slash. */
  readonly name: Buffer;
  readonly isUtf8: boolean;
  readonly isDeflated: boolean;
  /** Permission bits. */
  readonly mode: number;
  readonly headerAt: number;
}

/** Known when its data is written. */
export interface DataFields {
  readonly crc32: number;
  readonly packedSize: number;
  readonly size: number;
}

const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
const CENTRAL = 0x02014b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const END = 0x06054b50;

const STORED = 0;
const DEFLATED = 8;

/** Versions of the format: for what is stored, for what is deflated, and the one that has zip64. */
const [V10, V20, V45] = [10, 20, 45] as const;
const UNIX = 3;

const FOLDER = { unix: 0o040000, dos: 0x10 } as const;
const FILE = { unix: 0o100000, dos: 0x20 } as const;
const SLASH = 0x2f;

const ALL_ONES_16 = 0xffff;
const ALL_ONES_32 = 0xffffffff;

/**
 * The header in front of an entry's data. Deflated data has its sizes behind it, in a data descriptor: they are not
 * known yet. `time` as {@link dosTime} gives it.
 */
export function localHeader(entry: EntryFields, time: number): Buffer {
  const header = zeros(30 + entry.name.length);
  header.writeUInt32LE(LOCAL, 0);
  writeKind(header, entry, time, 4);
  header.writeUInt16LE(entry.name.length, 26);
  entry.name.copy(header, 30);
  return header;
}

/** Version, flags, method and time, which both headers have. */
function writeKind(header: Buffer, entry: EntryFields, time: number, at: number): void {
  const { isDeflated, isUtf8 } = entry;
  header.writeUInt16LE(isDeflated ? V20 : V10, at);
  header.writeUInt16LE((isDeflated ? FLAG.descriptor : 0) | (isUtf8 ? FLAG.utf8 : 0), at + 2);
  header.writeUInt16LE(isDeflated ? DEFLATED : STORED, at + 4);
  header.writeUInt32LE(time, at + 6);
}

/** What follows deflated data. */
export function dataDescriptor({ crc32, packedSize, size }: DataFields): Buffer {
  const descriptor = zeros(16);
  descriptor.writeUInt32LE(DESCRIPTOR, 0);
  descriptor.writeUInt32LE(crc32, 4);
  descriptor.writeUInt32LE(packedSize, 8);
  descriptor.writeUInt32LE(size, 12);
  return descriptor;
}

/** An entry's line of the table of contents. */
export function centralHeader(entry: EntryFields & DataFields, time: number): Buffer {
  const { name, mode, headerAt } = entry;
  const header = zeros(46 + name.length);
  const { unix, dos } = name.at(-1) === SLASH ? FOLDER : FILE;
  header.writeUInt32LE(CENTRAL, 0);
  header.writeUInt16LE((UNIX << 8) | V45, 4);
  writeKind(header, entry, time, 6);
  header.writeUInt32LE(entry.crc32, 16);
  header.writeUInt32LE(entry.packedSize, 20);
  header.writeUInt32LE(entry.size, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt32LE((((unix | mode) << 16) | dos) >>> 0, 38);
  header.writeUInt32LE(headerAt, 42);
  name.copy(header, 46);
  return header;
}

/** Where the table of contents lies, and how many lines it has. */
export interface Directory {
  readonly entries: number;
  readonly at: number;
  readonly length: number;
}

/** What ends a zip: with the records of zip64 only where there are more entries than the others can count. */
export function endRecords(directory: Directory): Buffer {
  const isWide = directory.entries > ALL_ONES_16;
  const end = zeros(22);
  const entries = isWide ? ALL_ONES_16 : directory.entries;
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(isWide ? ALL_ONES_32 : directory.length, 12);
  end.writeUInt32LE(isWide ? ALL_ONES_32 : directory.at, 16);
  return isWide ? Buffer.concat([wideEnd(directory), end]) : end;
}

function wideEnd({ entries, at, length }: Directory): Buffer {
  const records = zeros(56 + 20);
  records.writeUInt32LE(END64, 0);
  records.writeUInt32LE(44, 4);
  records.writeUInt16LE(V45, 12);
  records.writeUInt16LE(V45, 14);
  for (const count of [24, 32]) records.writeBigUInt64LE(BigInt(entries), count);
  records.writeBigUInt64LE(BigInt(length), 40);
  records.writeBigUInt64LE(BigInt(at), 48);
  records.writeUInt32LE(LOCATOR64, 56);
  records.writeBigUInt64LE(BigInt(at + length), 64);
  records.writeUInt32LE(1, 72);
  return records;
}

/** A date as zips have it, in UTC; see entry-date.ts for what it can be. */
export function dosTime(date: Date): number {
  const day =
    ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
  const time =
    (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  return ((day << 16) | time) >>> 0;
}

/** From the pool that Node has for small buffers: 200,000 with memory of their own keep the garbage collector busy. */
function zeros(length: number): Buffer {
  return Buffer.allocUnsafe(length).fill(0);
}
