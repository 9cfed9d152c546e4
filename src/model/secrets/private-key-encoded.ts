import { DER_MARKS, isPrivateKeyDerAround } from './private-key-der-inside.ts';
import { type Hit, isPrivateKeyText } from './private-key-text.ts';

const HEADER = '-----BEGIN ';

/** How a key that is encoded once more is found, and read from there on. */
interface Encoding {
  /** What its header, or the mark of one in DER, looks like in it. */
  readonly needles: readonly string[];
  /** Characters that its header and as much of a key take as tells it. */
  readonly reach: number;
  /** The text behind the start of a needle; it need not begin with the header. */
  decoded(encoded: string, needle: string): string;
}

/** Of 64 characters of base64 behind a header all stand within so many bytes. */
const PEM_BYTES = 400;

const base64 = (bytes: Buffer | string): string => Buffer.from(bytes).toString('base64');
const fromBase64 = (text: string): string =>
  Buffer.from(text.replace(/\\[nr]|[\s\\"']+/g, ''), 'base64').toString('latin1');

/** A text in base64 from the middle of a group of three bytes on. */
interface Aligned {
  /** Characters that hold bits of the text alone. */
  readonly needle: string;
  /** What is put in front of the needle, and how many bytes that begins with, to decode it. */
  readonly front: string;
  readonly place: number;
}

/** What a text looks like in base64, by the place of its first byte in a group of three. */
function aligned(text: string): Aligned[] {
  return [0, 1, 2].map((place) => {
    const [from, to] = [Math.ceil((place * 8) / 6), Math.floor(((place + text.length) * 8) / 6)];
    const encoded = base64(Buffer.from('x'.repeat(place) + text, 'latin1'));
    return { needle: encoded.slice(from, to), front: encoded.slice(0, from), place };
  });
}

function fromAligned(encoded: string, { front, place }: Aligned): string {
  return fromBase64(front + encoded).slice(place);
}

/** In base64 of base64: the nine ways in which the header may stand, each with what undoes it. */
const TWICE = new Map(
  aligned(HEADER).flatMap((inner) =>
    aligned(inner.needle).map((outer) => [outer.needle, [outer, inner]] as const),
  ),
);

/** UTF-16 in either byte order: the zero in front of the first letter, or behind the last, makes no difference. */
const WIDE = new Map(
  aligned([...HEADER.trim()].join('\0')).map((one) => [one.needle, [one]] as const),
);

const HEX = Buffer.from(HEADER, 'latin1').toString('hex');
const listed = (pairs: string, between: string): string =>
  (pairs.match(/../g) ?? [])
    .slice(0, 6)
    .map((pair) => `0x${pair}`)
    .join(between);
const DECIMAL = [...Buffer.from(HEADER, 'latin1')].slice(0, 6);

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
  {
    needles: [HEX, HEX.toUpperCase()],
    reach: PEM_BYTES * 3,
    decoded: (encoded) => fromHex(encoded).toString('latin1'),
  },
  {
    needles: ['', ' '].flatMap((between) =>
      [HEX, HEX.toUpperCase()].map((hex) => listed(hex, `,${between}`)),
    ),
    reach: PEM_BYTES * 7,
    decoded: (encoded) => fromHex(encoded).toString('latin1'),
  },
  {
    needles: [DECIMAL.join(','), DECIMAL.join(', ')],
    reach: PEM_BYTES * 6,
    decoded: (encoded) =>
      String.fromCharCode(
        ...(encoded.match(/\d{1,3}(?=[,\s\]])/g) ?? []).map((one) => Number(one) & 255),
      ),
  },
];

const BY_NEEDLE: ReadonlyMap<string, Encoding> = new Map(
  ENCODINGS.flatMap((encoding) => encoding.needles.map((needle) => [needle, encoding] as const)),
);

/** What a header of a key in PEM looks like in base64 of base64, base64 of UTF-16, hexadecimal, and lists of bytes. */
export const ENCODED_HEADERS: readonly string[] = [...BY_NEEDLE.keys()];

/** Whether a hit of {@link ENCODED_HEADERS} begins a private key. */
export function isEncodedPrivateKey({ text, at, end }: Hit): boolean {
  const needle = text.slice(at, end);
  const encoding = BY_NEEDLE.get(needle);
  if (encoding === undefined) return false;
  const decoded = encoding.decoded(upToOthers({ text, at, end }, encoding.reach), needle);
  // What is behind the reach is no end of a key.
  return isPrivateKeyText({ text: `${decoded}...`, at: 0, end: HEADER.length });
}

/**
 * What begins with a needle, up to the next but one of its kind, so that a text of nothing but needles is read thrice at
 * most. An encrypted key holds the mark twice: two algorithms of PKCS#5.
 */
function upToOthers({ text, at, end }: Hit, reach: number): string {
  const rest = text.slice(at, end + reach);
  const needle = text.slice(at, end);
  const next = rest.indexOf(needle, needle.length);
  const other = next < 0 ? -1 : rest.indexOf(needle, next + needle.length);
  return other < 0 ? rest : rest.slice(0, other);
}

/** `0x2d, 0x2d`, and digits over several lines. */
function fromHex(text: string): Buffer {
  return Buffer.from(text.replace(/0x|[\s,]+/gi, ''), 'hex');
}

/** What the content of a private key in DER begins with, in hexadecimal. */
export const DER_IN_HEX: readonly string[] = [
  ...new Set(
    DER_MARKS.map((mark) => mark.toString('hex')).flatMap((hex) => [hex, hex.toUpperCase()]),
  ),
];

/** In front of a mark: the header of the key, and of the algorithm. */
const FRONT = 7 * 2;
/** All of RSA with 8192 bits. */
const LONGEST = 10_000;

/** Whether a hit of {@link DER_IN_HEX} stands in a whole private key in DER. */
export function isPrivateKeyDerInHex({ text, at, end }: Hit): boolean {
  const front = /(?:[0-9a-fA-F]{2}){0,7}$/.exec(text.slice(Math.max(0, at - FRONT), at))?.[0] ?? '';
  if (!front.includes('30')) return false;
  const bytes = fromHex(front + upToOthers({ text, at, end }, LONGEST));
  return isPrivateKeyDerAround(bytes, front.length / 2);
}
