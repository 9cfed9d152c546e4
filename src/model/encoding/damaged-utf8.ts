import { utf8Width } from '../json/bytes.ts';

/** A text of which most characters beyond ASCII are whole in UTF-8. */
export interface DamagedUtf8 {
  /** The lines with bytes that are not UTF-8, from 1 on. */
  readonly lines: readonly number[];
  /** The bytes of those lines where these may be in another encoding than the rest; empty where characters are damaged. */
  readonly foreign: readonly Uint8Array[];
}

/** By chance two bytes of another encoding are a character in UTF-8 once in four, three hardly ever. */
const LONG = 2;
const FOR_EACH_BAD = 3;

/**
 * Tells a text in UTF-8 that was damaged, or has some lines in another encoding, from a text that is in another encoding as
 * a whole. Null for the latter, and where there is nothing to judge by. The bytes are not UTF-8.
 */
export function damagedUtf8(bytes: Uint8Array): DamagedUtf8 | null {
  const seen = linesOf(bytes);
  const good = seen.reduce((sum, line) => sum + line.good, 0);
  const bad = seen.reduce((sum, line) => sum + line.bad, 0);
  if (good <= bad * FOR_EACH_BAD) return null;
  const wrong = seen.filter((line) => line.bad > 0);
  const isForeign = wrong.every((line) => !line.hasLong && !line.hasCut);
  return {
    lines: wrong.map(({ number }) => number),
    foreign: isForeign ? wrong.map(({ start, end }) => bytes.subarray(start, end)) : [],
  };
}

/**
 * The line of the only character beyond ASCII, where this is the beginning of one in UTF-8; null for all others.
 * In another encoding such bytes are a character as well.
 */
export function onlyCutCharacter(bytes: Uint8Array): number | null {
  const seen = linesOf(bytes);
  const bad = seen.filter((line) => line.bad > 0);
  const [line] = bad;
  const isOnly = bad.length === 1 && seen.every(({ good }) => good === 0);
  return isOnly && line?.hasCut === true && line.bad === line.cut ? line.number : null;
}

interface Line {
  readonly number: number;
  readonly start: number;
  end: number;
  good: number;
  bad: number;
  /** Bytes of the last character that is truncated. */
  cut: number;
  hasLong: boolean;
  hasCut: boolean;
}

function linesOf(bytes: Uint8Array): Line[] {
  const lines: Line[] = [];
  let line = newLine(1, 0);
  for (let at = 0; at < bytes.length; ) {
    const width = utf8Width(bytes, at);
    if (width === 0) at += bad(line, bytes, at);
    else {
      if (width > 1) line.good += width > 2 ? LONG : 1;
      if (width > 2) line.hasLong = true;
      const isEnd = bytes[at] === 0x0a;
      at += width;
      if (!isEnd) continue;
      line.end = at;
      lines.push(line);
      line = newLine(line.number + 1, at);
    }
  }
  line.end = bytes.length;
  return [...lines, line];
}

function newLine(number: number, start: number): Line {
  return { number, start, end: start, good: 0, bad: 0, cut: 0, hasLong: false, hasCut: false };
}

/** Counts what is no character, and says how many bytes it has. */
function bad(line: Line, bytes: Uint8Array, at: number): number {
  const cut = cutLength(bytes, at);
  line.bad += Math.max(1, cut);
  if (cut === 0) return 1;
  line.cut = cut;
  line.hasCut = true;
  return cut;
}

/** How many bytes, two or three, are there of a character of which the end is missing; 0 where there is none. */
function cutLength(bytes: Uint8Array, at: number): number {
  for (const missing of [1, 2]) {
    for (const length of [3, 2]) {
      const whole = Uint8Array.from([
        ...bytes.subarray(at, at + length),
        ...new Array<number>(missing).fill(0x80),
      ]);
      if (whole.length === length + missing && utf8Width(whole, 0) === length + missing) {
        return length;
      }
    }
  }
  return 0;
}
