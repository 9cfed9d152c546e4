import { type Hit, isPrivateKeyText, upToOthers } from './private-key-text.ts';

const HEADER = '-----BEGIN ';

/** How to find and decode a key in another encoding. */
interface Encoding {
  /** The header, or the mark of a DER key, in this encoding. */
  readonly needles: readonly string[];
  /** Number of characters that are enough for the header and to recognize the key. */
  readonly reach: number;
  /** Decodes from the start of a needle; the text need not start with the header. */
  decoded(encoded: string, needle: string): string;
}

/** 64 base64 characters after a header are always within this many bytes. */
const PEM_BYTES = 400;

const base64 = (bytes: Buffer | string): string => Buffer.from(bytes).toString('base64');
const fromBase64 = (text: string): string =>
  Buffer.from(text.replace(/\\[nr]|[\s\\"']+/g, ''), 'base64').toString('latin1');

/** A text in base64 that starts inside a group of three bytes. */
interface Aligned {
  /** Characters that contain bits of the text only. */
  readonly needle: string;
  /** The prefix of the needle for decoding, and the number of bytes that it adds. */
  readonly front: string;
  readonly place: number;
}

/** Base64 variants of a text, by the offset of its first byte in a group of three. */
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

const BY_NEEDLE: ReadonlyMap<string, Encoding> = new Map(
  ENCODINGS.flatMap((encoding) => encoding.needles.map((needle) => [needle, encoding] as const)),
);

/** The header of a PEM key in base64 of base64, and in base64 of UTF-16. */
export const ENCODED_HEADERS: readonly string[] = [...BY_NEEDLE.keys()];

/** Whether a hit of {@link ENCODED_HEADERS} starts a private key. */
export function isEncodedPrivateKey({ text, at, end }: Hit): boolean {
  const needle = text.slice(at, end);
  const encoding = BY_NEEDLE.get(needle);
  if (encoding === undefined) return false;
  const decoded = encoding.decoded(upToOthers({ text, at, end }, encoding.reach), needle);
  // The key may continue after the examined part.
  return isPrivateKeyText({ text: `${decoded}...`, at: 0, end: HEADER.length });
}
