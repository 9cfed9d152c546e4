import { BINARY_MARKS, binaryKeyAround } from './private-key-binary.ts';
import { type Hit, isPrivateKeyText, upToOthers } from './private-key-text.ts';
import { inOneRow, putTogether, readings } from './unescaped.ts';

const HEADER = '-----BEGIN ';
const HEADER_BYTES = Buffer.from(HEADER, 'latin1');

/** 64 base64 characters after a header are always within this many bytes. */
const PEM_BYTES = 400;

const fromBase64 = (text: string): string =>
  Buffer.from(text.replace(/\\[nr]|[\s\\"']+/g, ''), 'base64').toString('latin1');

/** Base64 of base64: the nine possible forms of the header, each with its decoder. */
const TWICE = new Map(
  aligned(HEADER).flatMap((inner) =>
    aligned(inner.needle).map((outer) => [outer.needle, [outer, inner]] as const),
  ),
);

/** UTF-16 in either byte order: a zero byte before the first letter or after the last makes no difference. */
const WIDE = new Map(
  aligned([...HEADER.trim()].join('\0')).map((one) => [one.needle, [one]] as const),
);

const ENCODINGS: readonly Encoding[] = [
  {
    needles: [...TWICE.keys()],
    reach: PEM_BYTES * 2,
    decoded: (encoded, needle) => (TWICE.get(needle) ?? []).reduce(fromAligned, encoded),
  },
  {
    needles: [...WIDE.keys()],
    reach: PEM_BYTES * 3,
    decoded: (encoded, needle) =>
      (WIDE.get(needle) ?? []).reduce(fromAligned, encoded).replaceAll('\0', ''),
  },
];

const ENCODING_BY_NEEDLE: ReadonlyMap<string, Encoding> = new Map(
  ENCODINGS.flatMap((encoding) => encoding.needles.map((needle) => [needle, encoding] as const)),
);

/** The header of a PEM key in base64 of base64, and in base64 of UTF-16. */
export const ENCODED_HEADERS: readonly string[] = [...ENCODING_BY_NEEDLE.keys()];

/** How to find and decode a key in another encoding. */
interface Encoding {
  /** The header, or the mark of a DER key, in this encoding. */
  readonly needles: readonly string[];
  /** Number of characters that are enough for the header and to recognize the key. */
  readonly reach: number;
  /** Decodes from the start of a needle; the text need not start with the header. */
  decoded(encoded: string, needle: string): string;
}

/** A text in base64 that starts inside a group of three bytes. */
interface Aligned {
  /** Characters that contain bits of the text only. */
  readonly needle: string;
  /** The prefix of the needle for decoding, and the number of bytes that it adds. */
  readonly front: string;
  readonly place: number;
}

/** Whether a hit of {@link ENCODED_HEADERS} starts a private key. */
export function isEncodedPrivateKey({ text, at, end }: Hit): boolean {
  const needle = text.slice(at, end);
  const encoding = ENCODING_BY_NEEDLE.get(needle);
  if (encoding === undefined) return false;
  const decoded = encoding.decoded(upToOthers({ text, at, end }, encoding.reach), needle);
  // The key may continue after the examined part.
  return isPrivateKeyText({ text: `${decoded}...`, at: 0, end: HEADER.length });
}

/** Base64 variants of a text, by the offset of its first byte in a group of three. */
function aligned(text: string): Aligned[] {
  return [0, 1, 2].map((place) => {
    const [from, to] = [Math.ceil((place * 8) / 6), Math.floor(((place + text.length) * 8) / 6)];
    const encoded = Buffer.from('x'.repeat(place) + text, 'latin1').toString('base64');
    return { needle: encoded.slice(from, to), front: encoded.slice(0, from), place };
  });
}

function fromAligned(encoded: string, { front, place }: Aligned): string {
  return fromBase64(front + encoded).slice(place);
}

/** A notation for bytes in a source text. */
interface Spelling {
  spelled(byte: number): string;
  readonly between: string;
  /** The bytes that the text can stand for: with escapes, one reading for each quote that can enclose it. */
  readings(text: string): Buffer[];
  /** The bytes of a text that ends where the mark begins. */
  front(text: string): Buffer;
}

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
const upperHex = (byte: number): string => hex(byte).toUpperCase();
const octal = (byte: number): string => byte.toString(8).padStart(3, '0');

/** `3082`, `30 82`, `30:82`, and `hex:30,82` of the Windows registry. */
const IN_HEX: readonly Spelling[] = ['', ' ', ':', ','].flatMap((between) =>
  [hex, upperHex].map((spelled) => ({
    spelled,
    between,
    readings: (text: string) => [fromHex(text)],
    front: frontInHex,
  })),
);

/** `\x30\x82` of C, `\060\202`, and `0\x82` as Python, Go and Ruby print bytes. */
const IN_ESCAPES: readonly Spelling[] = [
  ...[hex, upperHex].map((digits) => (byte: number) => `\\x${digits(byte)}`),
  (byte: number) => `\\${octal(byte)}`,
].flatMap((escaped) =>
  [escaped, (byte: number) => printable(byte) ?? escaped(byte)].map((spelled) => ({
    spelled,
    between: '',
    readings: (text: string) => readings(text).map(fromEscapes),
    front: (text: string) => fromEscapes(putTogether(text)).subarray(-FRONT_BYTES),
  })),
);

function printable(byte: number): string | null {
  if (byte >= 0x20 && byte < 0x7f) return String.fromCharCode(byte);
  return { 9: '\\t', 10: '\\n', 13: '\\r' }[byte] ?? null;
}

/** Decodes hexadecimal, also over several lines and in concatenated strings. */
function fromHex(text: string): Buffer {
  const digits = inOneRow(text).replace(/[\s:,\\]+/g, '');
  return Buffer.from(/[0-9a-fA-F]*/.exec(digits)?.[0] ?? '', 'hex');
}

const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|([0-7]{1,3})|([abtnvfr\\"'`?])|\r?\n)/g;
const LETTERS = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 } as const;

function fromEscapes(text: string): Buffer {
  const plain = text.replace(ESCAPE, (_all, sixteen, eight, letter = '') => {
    const code = sixteen ? Number.parseInt(sixteen, 16) : eight && Number.parseInt(eight, 8) & 255;
    if (code !== undefined) return String.fromCharCode(code);
    return isLetter(letter) ? String.fromCharCode(LETTERS[letter]) : letter;
  });
  return Buffer.from(plain, 'latin1');
}

function isLetter(letter: string): letter is keyof typeof LETTERS {
  return Object.hasOwn(LETTERS, letter);
}

/** The header in escapes is left out: the search for escaped letters covers it. */
const BY_NEEDLE: ReadonlyMap<string, Spelling> = new Map([
  ...needlesOf(IN_HEX, [...BINARY_MARKS, HEADER_BYTES]),
  ...needlesOf(IN_ESCAPES, BINARY_MARKS),
]);

function needlesOf(spellings: readonly Spelling[], marks: readonly Buffer[]): [string, Spelling][] {
  return spellings.flatMap((spelling) =>
    marks.map((mark): [string, Spelling] => [needleOf(mark, spelling), spelling]),
  );
}

/**
 * The first four bytes, which rows of twelve or more do not split; all bytes when four would match too often (dashes,
 * plain letters).
 */
function needleOf(mark: Buffer, { spelled, between }: Spelling): string {
  const all = Array.from(mark, (byte) => spelled(byte));
  const short = all.slice(0, 4).join(between);
  return short.length > 4 && mark !== HEADER_BYTES ? short : all.join(between);
}

/** The marks of binary keys and the PEM header in hexadecimal and in escapes. */
export const SPELLED_MARKS: readonly string[] = [...BY_NEEDLE.keys()];

/** Bytes before a mark: the header of the key, and of the algorithm. */
const FRONT_BYTES = 7;

/** Characters for these bytes: four per byte, and concatenated strings. */
const FRONT = 60;

/** Characters for RSA with 8192 bits, four per byte. */
const REACH = 20_000;

/** Whether a hit of {@link SPELLED_MARKS} belongs to a private key, complete in binary form or in PEM. */
export function isSpelledPrivateKey({ text, at, end }: Hit): boolean {
  const spelling = BY_NEEDLE.get(text.slice(at, end));
  if (spelling === undefined) return false;
  const front = spelling.front(text.slice(Math.max(0, at - FRONT), at));
  return spelling.readings(upToOthers({ text, at, end }, REACH)).some((rest) => {
    if (binaryKeyAround(Buffer.concat([front, rest]), front.length) !== null) return true;
    // The key may continue after the examined part.
    const decoded = `${rest.toString('latin1')}...`;
    return isPrivateKeyText({ text: decoded, at: 0, end: HEADER.length });
  });
}

function frontInHex(text: string): Buffer {
  const digits = inOneRow(text).replace(/[\s:,\\]+/g, '');
  const own = /[0-9a-fA-F]{0,14}$/.exec(digits)?.[0] ?? '';
  return Buffer.from(own.slice(own.length % 2), 'hex').subarray(-FRONT_BYTES);
}
