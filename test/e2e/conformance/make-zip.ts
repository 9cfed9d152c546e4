import { crc32, deflateRawSync } from 'node:zlib';
import type { ZipEntrySpec } from './cases.ts';

const UNIX = 3;
const FILE = 0o100000;
const FOLDER = 0o040000;
const DEFLATED = 8;
const MADE_2_0 = 20;

/** A zip with just these entries in just this order: the cases need zips that no packer would write. */
export function makeZip(specs: readonly ZipEntrySpec[], python: string): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const spec of specs) {
    const entry = encode(spec, python);
    const local = Buffer.concat([entry.localHeader, entry.name, entry.data]);
    parts.push(local);
    central.push(centralHeader(spec, entry, offset), entry.name);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  return Buffer.concat([...parts, directory, endRecord(specs.length, directory.length, offset)]);
}

interface Encoded {
  readonly name: Buffer;
  readonly data: Buffer;
  readonly fields: Buffer;
  readonly localHeader: Buffer;
}

function encode(spec: ZipEntrySpec, python: string): Encoded {
  const content = Buffer.from((spec.text ?? '').replaceAll('{python}', python));
  const data = spec.dir ? Buffer.alloc(0) : deflateRawSync(content);
  const name = Buffer.from(spec.name);
  // Everything that the local and the central header have in common.
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(MADE_2_0, 0);
  fields.writeUInt16LE(0x0800, 2);
  fields.writeUInt16LE(spec.dir ? 0 : DEFLATED, 4);
  fields.writeUInt16LE(0x21, 8);
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(data.length, 14);
  fields.writeUInt32LE(content.length, 18);
  fields.writeUInt16LE(name.length, 22);
  const signature = Buffer.from([0x50, 0x4b, 3, 4]);
  return { name, data, fields, localHeader: Buffer.concat([signature, fields]) };
}

function centralHeader(spec: ZipEntrySpec, entry: Encoded, offset: number): Buffer {
  const header = Buffer.alloc(46);
  header.write('PK\x01\x02', 0, 'latin1');
  const isFat = spec.made === 'fat';
  header.writeUInt16LE(((isFat ? 0 : UNIX) << 8) | MADE_2_0, 4);
  entry.fields.copy(header, 6);
  header.writeUInt32LE(isFat ? 0 : (unixMode(spec) << 16) >>> 0, 38);
  header.writeUInt32LE(offset, 42);
  return header;
}

/** Four octal digits are permissions; more say the type as well (`120777`: a link). */
function unixMode(spec: ZipEntrySpec): number {
  if (spec.dir) return FOLDER | Number.parseInt(spec.mode ?? '755', 8);
  const mode = spec.mode ?? '644';
  const bits = Number.parseInt(mode, 8);
  return mode.length > 4 ? bits : FILE | bits;
}

function endRecord(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
