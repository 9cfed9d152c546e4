import type { EntryKind } from '../../model/view.ts';
import type { ZipSource } from './zip-source.ts';

/** An entry of the central directory as Go's archive/zip reads it. Sizes and offsets in bytes. */
export interface ZipRecord {
  /** The bytes of the name. */
  readonly name: Buffer;
  readonly versionMadeBy: number;
  readonly flags: number;
  readonly method: number;
  readonly crc32: number;
  readonly packedSize: number;
  readonly size: number;
  readonly externalAttributes: number;
  /** From the start of the file; may be outside of it. */
  readonly headerAt: number;
  /** Extra fields; null when there are none. */
  readonly extra: Buffer | null;
  /** The disk of a set with the entry's data; Go ignores it. */
  readonly disk: number;
}

/** Flags that matter to a reader. */
export const FLAG = { encrypted: 0x1, descriptor: 0x8, utf8: 0x800 } as const;

const SIGNATURE = 0x02014b50;
const LENGTH = 46;
const ALL_ONES = 0xffffffff;
const ZIP64 = 0x0001;

/** The result of `readRecord`: an entry, or why Go stops there. */
type ReadRecord =
  | { readonly record: ZipRecord; readonly next: number }
  | { readonly record: null; readonly why: 'format' | 'short' | 'end' };

/**
 * Reads one header of the central directory. `base` is added to the offset of the entry's data. Source:
 * readDirectoryHeader of Go's archive/zip, with its three ways to stop: a wrong signature or zip64 field (`format`),
 * a truncated header (`short`), and none at all (`end`).
 */
export function readRecord(source: ZipSource, at: number, base: bigint): ReadRecord {
  const header = source.read(at, LENGTH);
  if (header.length < LENGTH) return stop(header.length === 0 ? 'end' : 'short');
  if (header.readUInt32LE(0) !== SIGNATURE) return stop('format');
  const nameLength = header.readUInt16LE(28);
  const extraLength = header.readUInt16LE(30);
  const length = nameLength + extraLength + header.readUInt16LE(32);
  const rest = source.read(at + LENGTH, length);
  if (rest.length < length) return stop(rest.length === 0 ? 'end' : 'short');
  const extra = extraLength === 0 ? null : rest.subarray(nameLength, nameLength + extraLength);
  const sizes = sizesOf(header, extra, base);
  if (sizes === null) return stop('format');
  const record = {
    name: rest.subarray(0, nameLength),
    versionMadeBy: header.readUInt16LE(4),
    flags: header.readUInt16LE(8),
    method: header.readUInt16LE(10),
    crc32: header.readUInt32LE(16),
    externalAttributes: header.readUInt32LE(38),
    disk: header.readUInt16LE(34),
    ...sizes,
    extra,
  };
  return { record, next: at + LENGTH + length };
}

function stop(why: 'format' | 'short' | 'end'): ReadRecord {
  return { record: null, why };
}

type Sizes = Pick<ZipRecord, 'size' | 'packedSize' | 'headerAt'>;

/** The 32-bit fields, or the zip64 values for those that are all ones; null when Go rejects the header. */
function sizesOf(header: Buffer, extra: Buffer | null, base: bigint): Sizes | null {
  const size = header.readUInt32LE(24);
  const packedSize = header.readUInt32LE(20);
  const headerAt = header.readUInt32LE(42);
  if (size !== ALL_ONES && packedSize !== ALL_ONES && headerAt !== ALL_ONES) {
    return { size, packedSize, headerAt: headerAt + Number(base) };
  }
  const wanted = [size, packedSize, headerAt].map((value) => value === ALL_ONES);
  const found = zip64Values(extra, wanted.filter(Boolean).length);
  if (found === null) return null;
  // A file of exactly 2^32-1 bytes may have no zip64 field; Go requires one only for the two others.
  if (found.length === 0 && (wanted[1] || wanted[2])) return null;
  const take = (narrow: number, isWide: boolean | undefined): bigint =>
    (isWide ? found.shift() : undefined) ?? BigInt(narrow);
  const [wideSize, widePacked] = [take(size, wanted[0]), take(packedSize, wanted[1])];
  const wideAt = BigInt.asIntN(64, take(headerAt, wanted[2]) + base);
  return { size: Number(wideSize), packedSize: Number(widePacked), headerAt: Number(wideAt) };
}

/** The first `count` values of the first zip64 field; empty without a field, null when it is too short. */
function zip64Values(extra: Buffer | null, count: number): bigint[] | null {
  const field = extraFields(extra).fields.find(({ id }) => id === ZIP64);
  if (field === undefined) return [];
  if (field.data.length < count * 8) return null;
  return Array.from({ length: count }, (_, index) => field.data.readBigUInt64LE(index * 8));
}

const NO_BYTES = Buffer.alloc(0);

interface ExtraField {
  readonly id: number;
  readonly data: Buffer;
}

/** The extra fields up to the first truncated one, as Go reads them, and the bytes behind the last. */
export function extraFields(extra: Buffer | null): {
  readonly fields: readonly ExtraField[];
  readonly rest: Buffer;
} {
  const fields: ExtraField[] = [];
  if (extra === null) return { fields, rest: NO_BYTES };
  let at = 0;
  while (at + 4 <= extra.length) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (end > extra.length) break;
    fields.push({ id: extra.readUInt16LE(at), data: extra.subarray(at + 4, end) });
    at = end;
  }
  return { fields, rest: extra.subarray(at) };
}

/** A mode as Go's archive/zip computes it from the central directory. */
export interface GoMode {
  /** Permission bits, 0o777 at most. */
  readonly permissions: number;
  readonly isDirectory: boolean;
  /** A link, device, setuid … : all that `os.Root.OpenFile` rejects from 2.2 on. */
  readonly isSpecial: boolean;
}

/** The fields of the central directory that determine the kind and mode of an entry. */
interface Attributes {
  readonly versionMadeBy: number;
  readonly externalAttributes: number;
}

const UNIX = [3, 19];
const DOS = [0, 11, 14];
const KIND_BITS = 0o170000;

/** Go treats all other types as regular files. */
const KINDS = new Map<number, EntryKind>([
  [0o040000, 'directory'],
  [0o120000, 'symlink'],
  [0o010000, 'other'],
  [0o020000, 'other'],
  [0o060000, 'other'],
  [0o140000, 'other'],
]);

const DOS_READ_ONLY = 0x01;
const DOS_DIRECTORY = 0x10;
const WRITE_BITS = 0o222;
const SLASH = 0x2f;

/**
 * Computes the mode as Go does: Unix modes from creators 3 and 19; DOS attributes become 0666 or 0777, without write
 * bits when read-only; other creators give no permissions (Mode in its struct.go).
 */
export function goMode(name: Buffer, attributes: Attributes): GoMode {
  const kind = entryKind(name, attributes);
  const bits = unixBits(attributes);
  return {
    permissions: (entryMode(attributes) ?? dosMode(attributes)) & 0o777,
    isDirectory: kind === 'directory',
    isSpecial: kind === 'symlink' || kind === 'other' || ((bits ?? 0) & 0o7000) !== 0,
  };
}

/**
 * Permission bits with setuid, setgid and sticky; null without a Unix mode: eKuiper then unpacks files with 0666 and
 * directories with 0777.
 */
export function entryMode(attributes: Attributes): number | null {
  const bits = unixBits(attributes);
  if (bits !== null) return bits & 0o7777;
  if (!isDos(attributes)) return 0;
  return (attributes.externalAttributes & DOS_READ_ONLY) === 0 ? null : dosMode(attributes);
}

function dosMode({ externalAttributes }: Attributes): number {
  const all = (externalAttributes & DOS_DIRECTORY) === 0 ? 0o666 : 0o777;
  return (externalAttributes & DOS_READ_ONLY) === 0 ? all : all & ~WRITE_BITS;
}

/** The kind of entry when Go unpacks it: a trailing slash makes a directory, whatever the mode. */
export function entryKind(name: Buffer, attributes: Attributes): EntryKind {
  if (name.at(-1) === SLASH) return 'directory';
  if (isDos(attributes)) {
    return (attributes.externalAttributes & DOS_DIRECTORY) === 0 ? 'file' : 'directory';
  }
  return KINDS.get((unixBits(attributes) ?? 0) & KIND_BITS) ?? 'file';
}

function isDos({ versionMadeBy }: Attributes): boolean {
  return DOS.includes(versionMadeBy >>> 8);
}

function unixBits({ versionMadeBy, externalAttributes }: Attributes): number | null {
  return UNIX.includes(versionMadeBy >>> 8) ? externalAttributes >>> 16 : null;
}
