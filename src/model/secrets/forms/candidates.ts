import { standsAt } from './stands-at.ts';

/** So many bytes of each beginning are looked up, so that most of a file is stepped over three bytes at a time. */
const ANCHOR = 4;
const BLOCK = 2;
const LAST_BLOCK = ANCHOR - BLOCK;

/** Four bytes of a beginning, and how far behind its first byte they stand. */
interface Anchored {
  readonly beginning: Uint8Array;
  readonly offset: number;
}

/**
 * Finds where any of some beginnings stands, each place once and in order, in one pass over a file: the shift table of
 * Wu and Manber (1994) over blocks of two bytes. Each beginning is looked up by the four bytes in it that are least
 * alike, so that rows of dashes are stepped over although headers begin with some. Half as much again as a regular
 * expression of alternatives costs, and nothing for what is no text.
 */
export function candidateFinder(
  beginnings: readonly Uint8Array[],
): (bytes: Uint8Array) => number[] {
  const byWord = new Map<number, Anchored[]>();
  const anchors: Uint8Array[] = [];
  for (const beginning of beginnings) {
    const offset = anchorIn(beginning);
    for (const anchor of anchorsOf(beginning.subarray(offset, offset + ANCHOR))) {
      anchors.push(anchor);
      const word = wordAt(anchor, 0);
      byWord.set(word, [...(byWord.get(word) ?? []), { beginning, offset }]);
    }
  }
  const shifts = shiftsOf(anchors);
  const begins = new Uint8Array(2 ** 16);
  for (const anchor of anchors) begins[blockAt(anchor, 0)] = 1;
  return (bytes) => {
    const found: number[] = [];
    const end = bytes.length - 1;
    for (let at = LAST_BLOCK; at < end; ) {
      const shift = shifts[blockAt(bytes, at)] ?? 1;
      if (shift > 0) {
        at += shift;
        continue;
      }
      const place = at - LAST_BLOCK;
      // Rows of one byte end as some anchor does: this costs a tenth of looking the word up.
      if (begins[blockAt(bytes, place)] === 0) {
        at += 1;
        continue;
      }
      for (const { beginning, offset } of byWord.get(wordAt(bytes, place)) ?? []) {
        if (place >= offset && standsAt(bytes, place - offset, beginning)) {
          found.push(place - offset);
        }
      }
      at += 1;
    }
    return inOrder(found);
  };
}

/** Anchors stand at different distances behind what they belong to. */
function inOrder(places: number[]): number[] {
  places.sort((a, b) => a - b);
  return places.filter((place, index) => place !== places[index - 1]);
}

/** Where the four bytes with the most different ones begin. */
function anchorIn(beginning: Uint8Array): number {
  let [best, most] = [0, 0];
  for (let at = 0; at + ANCHOR <= beginning.length; at += 1) {
    const different = new Set(beginning.subarray(at, at + ANCHOR)).size;
    if (different > most) [best, most] = [at, different];
  }
  return best;
}

/** A shorter beginning goes on with any byte. */
function anchorsOf(beginning: Uint8Array): Uint8Array[] {
  if (beginning.length >= ANCHOR) return [beginning];
  return Array.from({ length: 256 }, (_, byte) => Uint8Array.of(...beginning, byte)).flatMap(
    (one) => anchorsOf(one),
  );
}

/** By block: how far the next place is where an anchor could end. */
function shiftsOf(anchors: readonly Uint8Array[]): Uint8Array {
  const shifts = new Uint8Array(2 ** 16).fill(LAST_BLOCK + 1);
  for (const anchor of anchors) {
    for (let at = 0; at <= LAST_BLOCK; at += 1) {
      const block = blockAt(anchor, at);
      shifts[block] = Math.min(shifts[block] ?? 0, LAST_BLOCK - at);
    }
  }
  return shifts;
}

function blockAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

function wordAt(bytes: Uint8Array, at: number): number {
  return blockAt(bytes, at) | (blockAt(bytes, at + 2) << 16);
}
