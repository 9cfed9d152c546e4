import { extraFields, FLAG, type ZipRecord } from './record.ts';
import { NOT_VALID, ZipFault } from './zip-fault.ts';
import type { ZipSource } from './zip-source.ts';

const SIGNATURE = 0x04034b50;
const LENGTH = 30;
const ALL_ONES = 0xffffffff;
const ZIP64 = 0x0001;

/** The local header before an entry's data. Go uses only its length; other readers use all of it. */
export interface LocalHeader {
  readonly flags: number;
  readonly method: number;
  readonly crc32: number;
  /** From its zip64 field if it has one. */
  readonly packedSize: number;
  readonly size: number;
  readonly name: Buffer;
  /** Its extra fields; null when there are none. */
  readonly extra: Buffer | null;
  /** Offset of the data. */
  readonly dataAt: number;
}

/** Offset of an entry's data; throws a ZipFault when Go cannot open it (findBodyOffset). */
export function dataStart(source: ZipSource, { headerAt }: ZipRecord): number {
  if (headerAt < 0) throw new ZipFault('its header lies in front of the zip', 'negative offset');
  const header = source.read(headerAt, LENGTH);
  if (header.length < LENGTH) throw new ZipFault('the zip ends before its header does', 'EOF');
  if (header.readUInt32LE(0) !== SIGNATURE) {
    throw new ZipFault('its header is not where the zip says', NOT_VALID);
  }
  return headerAt + LENGTH + header.readUInt16LE(26) + header.readUInt16LE(28);
}

/** Parses the whole header; null when there is none. */
export function readLocalHeader(source: ZipSource, at: number): LocalHeader | null {
  const header = source.read(at, LENGTH);
  if (header.length < LENGTH || header.readUInt32LE(0) !== SIGNATURE) return null;
  const nameLength = header.readUInt16LE(26);
  const extraLength = header.readUInt16LE(28);
  const packedSize = header.readUInt32LE(18);
  const size = header.readUInt32LE(22);
  const extra = extraLength === 0 ? null : source.read(at + LENGTH + nameLength, extraLength);
  return {
    flags: header.readUInt16LE(6),
    method: header.readUInt16LE(8),
    crc32: header.readUInt32LE(14),
    ...wideSizes(extra, { packedSize, size }),
    name: source.read(at + LENGTH, nameLength),
    extra,
    dataAt: at + LENGTH + nameLength + extraLength,
  };
}

type Sizes = Pick<LocalHeader, 'packedSize' | 'size'>;

function wideSizes(extra: Buffer | null, narrow: Sizes): Sizes {
  if (narrow.packedSize !== ALL_ONES && narrow.size !== ALL_ONES) return narrow;
  const { fields } = extraFields(extra);
  const data = fields.find(({ id }) => id === ZIP64)?.data;
  if (data === undefined || data.length < 16) return narrow;
  return { size: Number(data.readBigUInt64LE(0)), packedSize: Number(data.readBigUInt64LE(8)) };
}

/** What a program that uses the local header would read differently; null when both headers agree. */
export function contradiction(record: ZipRecord, local: LocalHeader): string | null {
  if (!record.name.equals(local.name)) {
    return `the header in front of its data has the name ${JSON.stringify(local.name.toString())}`;
  }
  if (record.method !== local.method) {
    return `its compression is method ${record.method} in the table of contents and ${local.method} in front of its data`;
  }
  if ((record.flags & FLAG.encrypted) !== (local.flags & FLAG.encrypted)) {
    return 'only one of its two headers says that it is encrypted';
  }
  return dataContradiction(record, local);
}

/** With a data descriptor sizes and checksum follow the data, and zeros in the local header are ignored. */
function dataContradiction(record: ZipRecord, local: LocalHeader): string | null {
  const isFilling = (value: number): boolean =>
    (local.flags & FLAG.descriptor) !== 0 && (value === 0 || value === ALL_ONES);
  const differs = (field: 'packedSize' | 'size' | 'crc32'): boolean =>
    record[field] !== local[field] && !isFilling(local[field]);
  if (differs('packedSize')) {
    return `its data has ${record.packedSize} bytes by the table of contents and ${local.packedSize} by its own header`;
  }
  if (differs('size')) {
    return `it unpacks to ${record.size} bytes by the table of contents and to ${local.size} by its own header`;
  }
  return differs('crc32')
    ? `its checksum is ${hex(record.crc32)} by the table of contents and ${hex(local.crc32)} by its own header`
    : null;
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}
