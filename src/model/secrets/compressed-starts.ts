import { standsAt } from './forms/candidates.ts';

const ENTRY = Buffer.from('PK\x03\x04', 'latin1');
const GZIP = Buffer.of(0x1f, 0x8b, 8);

/**
 * Start of gzip data in base64, as `gzip -c | base64` and Helm write it, and of the same in base64 twice, as in a
 * Secret.
 */
const ENCODED_GZIP = ['H4sI', 'SDRzS'].map((text) => Buffer.from(text, 'latin1'));

/** The usual first two bytes of zlib's format (RFC 1950, 2.2); they also occur anywhere by chance. */
const ZLIB = [0x01, 0x5e, 0x9c, 0xda].map((effort) => Buffer.of(0x78, effort));

/** 6.3 is the last version of the format that an entry can need (APPNOTE.TXT 6.3.10, 4.4.3). */
const LAST_VERSION = 63;

const LONGEST_NAME = 4096;

/** The compression methods of APPNOTE.TXT 4.4.5 that programs still write. */
const METHODS: ReadonlySet<number> = new Set([0, 8, 9, 12, 14, 93, 95, 96, 97, 98, 99]);

/** The same in base64: the third character also contains two bits of the next byte. */
const ENCODED_ZLIB = ['eAE eAF eAG eAH', 'eF4 eF5 eF6 eF7', 'eJw eJx eJy eJz', 'eNo eNp eNq eNr']
  .flatMap((texts) => texts.split(' '))
  .map((text) => Buffer.from(text, 'latin1'));

type StartKind = 'entry' | 'gzip' | 'encoded' | 'zlib';

/** The start of a zip entry, a gzip member, either of them in base64, or zlib's format. */
export interface CompressedStart {
  readonly at: number;
  readonly kind: StartKind;
}

interface Beginning {
  readonly kind: StartKind;
  readonly mark: Buffer;
  isAt(bytes: Buffer, at: number): boolean;
}

const BEGINNINGS: readonly Beginning[] = [
  { kind: 'entry', mark: ENTRY, isAt: isEntryAt },
  { kind: 'gzip', mark: GZIP, isAt: isGzipAt },
  ...ENCODED_GZIP.map((mark): Beginning => ({ kind: 'encoded', mark, isAt: beginsBase64 })),
  ...ENCODED_ZLIB.map((mark): Beginning => ({ kind: 'encoded', mark, isAt: beginsLongBase64 })),
];

/**
 * Whether compressed data starts anywhere in a piece of a file; a script may precede it. `isFirst`: the piece starts
 * the file.
 */
export function holdsCompressed(piece: Buffer, isFirst: boolean): boolean {
  for (const { kind } of compressedStarts(piece)) if (isFirst || kind !== 'zlib') return true;
  return false;
}

/** Start patterns by their first two bytes. */
const BY_START = new Map<number, Beginning[]>();

const MAY_START = new Uint8Array(2 ** 16);

for (const beginning of BEGINNINGS) {
  const start = startAt(beginning.mark, 0);
  BY_START.set(start, [...(BY_START.get(start) ?? []), beginning]);
  MAY_START[start] = 1;
}

/**
 * Offsets of zip entries and gzip members, in ascending order; zlib's format only at the start of the file. One pass:
 * a search for each pattern costs 13 calls for each of tens of thousands of small files.
 */
export function* compressedStarts(bytes: Buffer): Generator<CompressedStart> {
  if (ZLIB.some((mark) => standsAt(bytes, 0, mark))) yield { at: 0, kind: 'zlib' };
  for (let at = nextStart(bytes, 0); at >= 0; at = nextStart(bytes, at + 1)) {
    for (const { kind, mark, isAt } of BY_START.get(startAt(bytes, at)) ?? []) {
      if (standsAt(bytes, at, mark) && isAt(bytes, at)) yield { at, kind };
    }
  }
}

function nextStart(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    if (MAY_START[startAt(bytes, at)] === 1) return at;
  }
  return -1;
}

function startAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

/** RFC 1952, 2.3: reserved flags are zero; the other bytes are the compression level and the system. */
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

function beginsBase64(bytes: Buffer, at: number): boolean {
  return at === 0 || !/[A-Za-z0-9+/]/.test(String.fromCharCode(bytes[at - 1] ?? 0));
}

/** Fewer characters are ignored: a deflated key is much longer, and three characters are ordinary words. */
const SHORTEST_RUN = 60;

function beginsLongBase64(bytes: Buffer, at: number): boolean {
  const run = bytes.subarray(at, at + SHORTEST_RUN).toString('latin1');
  return beginsBase64(bytes, at) && /^[A-Za-z0-9+/]{60}$/.test(run) && /\d/.test(run);
}

/** Offset of the deflated data in decoded base64 (gzip or zlib's format); null for other data. */
export function deflatedAt(bytes: Buffer): number | null {
  if (ZLIB.some((mark) => standsAt(bytes, 0, mark))) return 2;
  return gzipDataAt(bytes, 0);
}

/**
 * Offset of the deflated data of a gzip member: after its name, comment and extra field. Null when one of these is
 * longer than any real one.
 */
export function gzipDataAt(bytes: Buffer, at: number): number | null {
  const flags = bytes[at + 3] ?? 0;
  let end = at + 10;
  if (flags & 4) end += 2 + (end + 2 <= bytes.length ? bytes.readUInt16LE(end) : 0);
  for (const text of [8, 16]) {
    if (!(flags & text)) continue;
    const zero = bytes.subarray(end, end + LONGEST_NAME).indexOf(0);
    if (zero < 0) return null;
    end += zero + 1;
  }
  return flags & 2 ? end + 2 : end;
}

/** Maximum number of base64 characters to decode. */
const LONGEST_RUN = 8 * 1024 ** 2;

/** Indexed by byte: characters of base64 and of line breaks, escaped ones too. */
const IN_RUN: readonly boolean[] = Array.from({ length: 256 }, (_, byte) =>
  /[A-Za-z0-9+/\s\\]/.test(byte < 128 ? String.fromCharCode(byte) : '-'),
);

/** The data decoded from base64 (once or twice) at an encoded start. */
interface Decoded {
  readonly bytes: Buffer;
  /** Offset after its last character. */
  readonly end: number;
  /** There is more data than was decoded. */
  readonly isCut: boolean;
}

/** Decodes the base64 at an encoded start, across line breaks. */
export function decodedAt(bytes: Buffer, at: number): Decoded {
  const last = Math.min(bytes.length, at + LONGEST_RUN);
  let end = at;
  while (end < last && IN_RUN[bytes[end] ?? 0]) end += 1;
  const once = fromBase64(bytes.subarray(at, end).toString('latin1'));
  const isTwice = ENCODED_GZIP.some((mark) => standsAt(once, 0, mark));
  const decoded = isTwice ? fromBase64(once.toString('latin1')) : once;
  return { bytes: decoded, end, isCut: end - at === LONGEST_RUN };
}

function fromBase64(text: string): Buffer {
  return Buffer.from(text.replace(/\\[nr]/g, ''), 'base64');
}

/** Number of bytes at the end of a piece that are examined again with the next piece. */
export const START_LENGTH = 30;

/** Whether a file starts with the header of a zip entry. */
export function isLikeZip(head: Uint8Array): boolean {
  return standsAt(head, 0, ENTRY);
}
