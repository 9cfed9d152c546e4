import { type Hit, isPrivateKeyText, upToOthers } from './private-key-text.ts';

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

const BY_NEEDLE: ReadonlyMap<string, Encoding> = new Map(
  ENCODINGS.flatMap((encoding) => encoding.needles.map((needle) => [needle, encoding] as const)),
);

/** What a header of a key in PEM looks like in base64 of base64 and base64 of UTF-16. */
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
