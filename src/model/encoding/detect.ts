import { type Cost, plainCost } from './costs.ts';
import { decodeAs, ENCODINGS, type Encoding } from './encodings.ts';

/** Control characters and private-use characters: decoders return them for unassigned bytes. */
const NO_LETTER = /[\u0080-\u009f\ue000-\uf8ff]/;

/** Encodings with two-byte characters. The others assign a letter to every byte, so a valid reading proves nothing. */
const OF_PAIRS: ReadonlySet<string> = new Set(['gbk', 'big5', 'shift_jis', 'euc-jp', 'euc-kr']);

/** Lead in bits that the best needs over the next: odds of some hundreds to one. */
const CLEARLY = 7.5;

/** Candidates this many bits behind the best are dropped. */
const FAR = 16;

/** Bits per non-ASCII byte from which a text counts as noise; random bytes have seven. */
const NOISE = 7;

/** Limit of non-ASCII characters to examine; enough for a decision. */
const LOOKED_AT = 4096;

/** Separators between words: none of these is a second byte in any of the encodings. */
const WORDS = /[^\t\n\r "'(),/;:<>#!&*+=%.$?-]+/g;

const LONGEST = 600;

/** The possible encodings of bytes that are not UTF-8. */
export interface Detected {
  /** The encoding that is clearly the best; null when several are plausible, or none is. */
  readonly sure: Encoding | null;
  /** Best first, at most three, each decoding the samples to a different text; only the sure one when there is one. */
  readonly likely: readonly Encoding[];
}

/**
 * Detects the encoding of names or pieces of text that all have the same one. A repeated word counts once: a hundred
 * names with the same two characters are no more evidence than one.
 */
export function detect(samples: readonly Uint8Array[]): Detected {
  const pieces = piecesOf(samples);
  if (pieces.length === 0) return { sure: null, likely: [] };
  const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const readings = ENCODINGS.flatMap((encoding) => readingOf(encoding, pieces));
  const ordered = distinct(readings.sort((a, b) => a.cost - b.cost));
  const [best, next] = ordered;
  if (best === undefined) return { sure: null, likely: [] };
  const isNoise = best.bits > size * NOISE;
  if (!isNoise && (next === undefined || next.cost - best.cost >= CLEARLY)) {
    return { sure: best.encoding, likely: [best.encoding] };
  }
  const near = ordered.filter(({ cost }) => cost - best.cost < FAR).slice(0, 3);
  return { sure: null, likely: near.map(({ encoding }) => encoding) };
}

interface Reading {
  readonly encoding: Encoding;
  readonly texts: string;
  readonly bits: number;
  /** The total cost in bits, including the rarity of the encoding. */
  readonly cost: number;
}

function readingOf(encoding: Encoding, pieces: readonly Uint8Array[]): Reading[] {
  const texts: string[] = [];
  for (const piece of pieces) {
    const text = decodePiece(encoding.label, piece);
    if (text === null) return [];
    texts.push(text);
  }
  const bits = Math.min(...encoding.costs.map((cost) => bitsOf(texts, cost)));
  return [{ encoding, texts: texts.join('\n'), bits, cost: bits + encoding.rarity }];
}

function bitsOf(texts: readonly string[], cost: Cost): number {
  let bits = 0;
  for (const text of texts) {
    const chars = Array.from(text);
    for (const [at, char] of chars.entries()) {
      const before = chars[at - 1] ?? '';
      bits += char > '\x7f' ? cost(char, before, chars[at + 1] ?? '') : plainCost(char, before);
    }
  }
  return bits;
}

/** Removes encodings that decode the bytes to the same text as an earlier one. */
function distinct(readings: readonly Reading[]): Reading[] {
  const seen = new Set<string>();
  return readings.filter(({ texts }) => !seen.has(texts) && seen.add(texts));
}

/** The distinct words that contain non-ASCII bytes. */
function piecesOf(samples: readonly Uint8Array[]): Uint8Array[] {
  const words = new Set<string>();
  let left = LOOKED_AT;
  for (const sample of samples) {
    for (const [whole] of latin1(sample).matchAll(WORDS)) {
      const high = whole.search(/[\x80-\xff]/);
      // ASCII before the first such byte is the same in all encodings.
      const word = whole.slice(Math.max(0, high - 20)).slice(0, LONGEST);
      if (high < 0 || words.has(word)) continue;
      if (left <= 0) break;
      words.add(word);
      left -= word.length;
    }
  }
  return Array.from(words, (word) => Buffer.from(word, 'latin1'));
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

/** A long word may have been cut inside a character. */
function decodePiece(label: string, piece: Uint8Array): string | null {
  const text = decodeAs(label, piece);
  if (text !== null || piece.length < LONGEST) return text;
  return decodeAs(label, piece.subarray(0, -1)) ?? decodeAs(label, piece.subarray(0, -2));
}

/** Decodes a name; null when it is invalid in the encoding. */
export function readName(name: Uint8Array, { label }: Encoding): string | null {
  const text = decodeAs(label, name);
  return text === null || NO_LETTER.test(text) ? null : text;
}

/** Decodes a name in the encoding with this label; null when that is unknown, or the name is invalid in it. */
export function readNameIn(name: Uint8Array, label: string): string | null {
  const encoding = ENCODINGS.find((one) => one.label === label);
  return encoding === undefined ? null : readName(name, encoding);
}

/** Another possible reading of a name. */
interface OtherReading {
  readonly encoding: Encoding;
  readonly text: string;
}

/**
 * The readings of a name in the other East Asian encodings in which it is valid; `taken` is the label of the most
 * likely one.
 */
export function otherReadings(name: Uint8Array, taken: string): readonly OtherReading[] {
  const seen = new Set([readNameIn(name, taken)]);
  return ENCODINGS.flatMap((encoding) => {
    const text = OF_PAIRS.has(encoding.label) ? readName(name, encoding) : null;
    if (text === null || seen.has(text)) return [];
    seen.add(text);
    return [{ encoding, text }];
  });
}
