import { standsAt } from './stands-at.ts';

const ENTRY = Buffer.from('PK\x03\x04', 'latin1');
const GZIP = Buffer.of(0x1f, 0x8b, 8);
/** 6.3 is the last version of the format that an entry can need (APPNOTE.TXT 6.3.10, 4.4.3). */
const LAST_VERSION = 63;
const LONGEST_NAME = 4096;
/** The methods of APPNOTE.TXT 4.4.5 that programs still write. */
const METHODS: ReadonlySet<number> = new Set([0, 8, 9, 12, 14, 93, 95, 96, 97, 98, 99]);

/** Where an entry of a zip, or a member in gzip, begins. */
export interface CompressedStart {
  readonly at: number;
  readonly isGzip: boolean;
}

/** Whether something compressed begins anywhere in these bytes: a script or a program may stand in front of it. */
export function holdsCompressed(bytes: Buffer): boolean {
  for (const _ of compressedStarts(bytes)) return true;
  return false;
}

/** Where entries of zips and members in gzip begin, in the order of their places. */
export function* compressedStarts(bytes: Buffer): Generator<CompressedStart> {
  let [entry, gzip] = [bytes.indexOf(ENTRY), bytes.indexOf(GZIP)];
  while (entry >= 0 || gzip >= 0) {
    const isGzip = gzip >= 0 && (entry < 0 || gzip < entry);
    const at = isGzip ? gzip : entry;
    if (isGzip ? isGzipAt(bytes, at) : isEntryAt(bytes, at)) yield { at, isGzip };
    if (isGzip) gzip = bytes.indexOf(GZIP, at + 1);
    else entry = bytes.indexOf(ENTRY, at + 1);
  }
}

/** RFC 1952, 2.3: reserved flags are zero, the rest says how hard it tried and on which system. */
function isGzipAt(bytes: Buffer, at: number): boolean {
  const [flags = 0xff, effort = 0xff, system = 0] = [bytes[at + 3], bytes[at + 8], bytes[at + 9]];
  return flags < 0x20 && [0, 2, 4].includes(effort) && (system <= 13 || system === 255);
}

function isEntryAt(bytes: Buffer, at: number): boolean {
  if (at + 30 > bytes.length) return false;
  const name = bytes.readUInt16LE(at + 26);
  if (name === 0 || name > LONGEST_NAME) return false;
  return bytes.readUInt8(at + 4) <= LAST_VERSION && METHODS.has(bytes.readUInt16LE(at + 8));
}

/** Where the deflated data of a member in gzip begins: behind its name, comment and extra field. */
export function gzipDataAt(bytes: Buffer, at: number): number {
  const flags = bytes[at + 3] ?? 0;
  let end = at + 10;
  if (flags & 4) end += 2 + (end + 2 <= bytes.length ? bytes.readUInt16LE(end) : 0);
  for (const text of [8, 16]) {
    if (!(flags & text)) continue;
    const zero = bytes.indexOf(0, end);
    end = zero < 0 ? bytes.length : zero + 1;
  }
  return flags & 2 ? end + 2 : end;
}

/** So many bytes are looked at together with those of the next piece. */
export const START_LENGTH = 30;

/** Whether a file begins with the header of a zip's entry. */
export function isLikeZip(head: Uint8Array): boolean {
  return standsAt(head, 0, ENTRY);
}
