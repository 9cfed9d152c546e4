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
}

/** Flags that matter to a reader. */
export const FLAG = { encrypted: 0x1, descriptor: 0x8, utf8: 0x800 } as const;

/** The result of `readRecord`: an entry, or why Go stops there. */
export type ReadRecord =
  | { readonly record: ZipRecord; readonly next: number }
  | { readonly record: null; readonly why: 'format' | 'short' | 'end' };

const SIGNATURE = 0x02014b50;
const LENGTH = 46;
const ALL_ONES = 0xffffffff;
const ZIP64 = 0x0001;

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

export interface ExtraField {
  readonly id: number;
  readonly data: Buffer;
}

/** The extra fields up to the first truncated one, as Go reads them; `whole` when none is truncated. */
export function extraFields(extra: Buffer | null): {
  readonly fields: readonly ExtraField[];
  readonly whole: boolean;
} {
  const fields: ExtraField[] = [];
  if (extra === null) return { fields, whole: true };
  let at = 0;
  while (at + 4 <= extra.length) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (end > extra.length) return { fields, whole: false };
    fields.push({ id: extra.readUInt16LE(at), data: extra.subarray(at + 4, end) });
    at = end;
  }
  return { fields, whole: true };
}
