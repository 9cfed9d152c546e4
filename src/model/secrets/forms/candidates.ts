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
 * alike, so that rows of dashes are stepped over although headers begin with some. A beginning has three bytes or more. Half as much again as a regular
 * expression of alternatives costs, and nothing for what is no text.
 */
export function candidateFinder(
  beginnings: readonly Uint8Array[],
): (bytes: Uint8Array) => number[] {
  const byKey = new Map<number, Anchored[]>();
  const shifts = new Uint8Array(2 ** 16).fill(LAST_BLOCK + 1);
  const begins = new Uint8Array(2 ** 16);
  for (const beginning of beginnings) {
    const offset = anchorIn(beginning);
    const anchor = beginning.subarray(offset, offset + ANCHOR);
    const alike = byKey.get(keyAt(anchor, 0)) ?? [];
    alike.push({ beginning, offset });
    byKey.set(keyAt(anchor, 0), alike);
    begins[blockAt(anchor, 0)] = 1;
    shorten(shifts, anchor);
  }
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
      // Rows of one byte end as some anchor does: this costs a tenth of looking its key up.
      if (begins[blockAt(bytes, place)] === 0) {
        at += 1;
        continue;
      }
      for (const { beginning, offset } of byKey.get(keyAt(bytes, place)) ?? []) {
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
  for (let at = 0; at + ANCHOR <= beginning.length && most < ANCHOR; at += 1) {
    const different = new Set(beginning.subarray(at, at + ANCHOR)).size;
    if (different > most) [best, most] = [at, different];
  }
  return best;
}

/** By block: how far the next place is where an anchor could end. One of three bytes goes on with any byte. */
function shorten(shifts: Uint8Array, anchor: Uint8Array): void {
  const last = anchor.length < ANCHOR ? BYTES : [anchor[ANCHOR - 1] ?? 0];
  for (const byte of last) shifts[(anchor[LAST_BLOCK] ?? 0) | (byte << 8)] = 0;
  for (let at = 0; at < LAST_BLOCK; at += 1) {
    const block = blockAt(anchor, at);
    shifts[block] = Math.min(shifts[block] ?? 0, LAST_BLOCK - at);
  }
}

const BYTES: readonly number[] = Array.from({ length: 256 }, (_, byte) => byte);

function blockAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

/** Three bytes, the fewest that a beginning has. */
function keyAt(bytes: Uint8Array, at: number): number {
  return blockAt(bytes, at) | ((bytes[at + 2] ?? 0) << 16);
}
