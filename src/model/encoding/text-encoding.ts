import { isUtf8 } from 'node:buffer';
import { utf8Width } from '../json/bytes.ts';
import { detect } from './detect.ts';
import { decodeAs, type Encoding } from './encodings.ts';
import { decodeWide, wideUnits } from './wide-units.ts';

/** By chance two bytes of another encoding form a UTF-8 character in one of four cases, three bytes almost never. */
const LONG = 2;

const FOR_EACH_BAD = 3;

/** One possible reading of a text that is not UTF-8. */
export interface Reading {
  /** Common name: `GBK`, `Shift-JIS`, `UTF-16LE`. */
  readonly name: string;
  /** Its name in Python's coding line; null when Python does not accept it there. */
  readonly python: string | null;
  /** Its name for iconv. */
  readonly iconv: string;
  /**
   * The first line with non-ASCII characters in this reading, a few hundred bytes at most; for UTF-16 and UTF-32 the
   * first line.
   */
  readonly line: string;
}

/** The possible encodings of a text that is not UTF-8. */
export interface LikelyEncoding {
  /** Whether one encoding is clearly the best. */
  readonly isSure: boolean;
  /** UTF-16 or UTF-32: programs for byte-oriented encodings cannot read it. */
  readonly isWide: boolean;
  /** Best first, at most three; one when it is sure, none when nothing is plausible. */
  readonly readings: readonly Reading[];
  /**
   * Set when the text is UTF-8 except for some lines; the readings are then of those lines, and empty when characters
   * are damaged.
   */
  readonly damage: Damage | null;
}

/** The invalid lines of a text that is otherwise UTF-8. */
interface Damage {
  /** Line numbers from 1 on, at least one. */
  readonly lines: readonly number[];
  /** Whether the whole text may be in another encoding instead: its only non-ASCII bytes are one truncated character. */
  readonly isOpen: boolean;
}

/** Bytes of a file to examine; enough for a decision. */
const LOOKED_AT = 64 * 1024;

/** Limit in bytes for a displayed line. */
const LINE_BYTES = 240;

/** Detects the encoding of bytes; null when they are UTF-8 (with or without a byte-order mark). Never throws. */
export function likelyEncoding(bytes: Uint8Array): LikelyEncoding | null {
  const wide = wideUnits(bytes);
  if (wide !== null) {
    const text = decodeWide(wide.name, bytes.subarray(0, LOOKED_AT));
    const name = wide.isMarked ? wide.name.slice(0, 6) : `${wide.name} without a byte-order mark`;
    const line = firstWideLine(text);
    return {
      isSure: true,
      isWide: true,
      damage: null,
      readings: [
        { name, python: null, iconv: wide.isMarked ? wide.name.slice(0, 6) : wide.name, line },
      ],
    };
  }
  if (isUtf8(bytes)) return null;
  const damaged = damagedUtf8(bytes);
  if (damaged !== null) {
    const { lines, foreign } = damaged;
    return { ...readingsOf(foreign, foreign[0] ?? bytes), damage: { lines, isOpen: false } };
  }
  const cutIn = onlyCutCharacter(bytes);
  return {
    ...readingsOf([bytes.subarray(0, LOOKED_AT)], bytes),
    ...(cutIn === null ? {} : { isSure: false }),
    damage: cutIn === null ? null : { lines: [cutIn], isOpen: true },
  };
}

function readingsOf(
  samples: readonly Uint8Array[],
  shownFrom: Uint8Array,
): Pick<LikelyEncoding, 'isSure' | 'isWide' | 'readings'> {
  const { sure, likely } = detect(samples);
  const line = lineBeyondAscii(shownFrom);
  return {
    isSure: sure !== null,
    isWide: false,
    readings: likely.map((one) => reading(one, line)),
  };
}

function reading({ name, label, python, iconv }: Encoding, line: Uint8Array): Reading {
  return { name, python, iconv, line: shown(label, line) };
}

/** The line of the first ASCII character: the reported position is there, at its zero byte. */
function firstWideLine(text: string): string {
  const line =
    text
      .trimStart()
      .slice(0, LINE_BYTES)
      .split(/[\r\n]/, 1)[0] ?? '';
  return line.trim();
}

function lineBeyondAscii(bytes: Uint8Array): Uint8Array {
  const place = bytes.findIndex((byte) => byte >= 0x80);
  const start = bytes.lastIndexOf(0x0a, place) + 1;
  // A long line is shown from a little before the position on.
  const from = Math.max(start, place - 40);
  const line = bytes.subarray(from, from + LINE_BYTES);
  const end = line.findIndex((byte) => byte === 0x0a || byte === 0x0d);
  return end < 0 ? line : line.subarray(0, end);
}

/** A line that was cut may end inside a character. */
function shown(label: string, line: Uint8Array): string {
  const whole = [0, 1, 2, 3].map((less) => decodeAs(label, line.subarray(0, line.length - less)));
  return (whole.find((text) => text !== null) ?? '').trim();
}

/** A text in which most non-ASCII characters are valid UTF-8. */
interface DamagedUtf8 {
  /** Lines with invalid UTF-8, from 1 on. */
  readonly lines: readonly number[];
  /** The bytes of those lines if they may be in another encoding than the rest; empty when characters are damaged. */
  readonly foreign: readonly Uint8Array[];
}

/**
 * Distinguishes damaged UTF-8, or UTF-8 with some lines in another encoding, from a text that is entirely in another
 * encoding. Returns null for the latter, and when there is too little evidence. `bytes` must not be valid UTF-8.
 */
function damagedUtf8(bytes: Uint8Array): DamagedUtf8 | null {
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
 * The line of the only non-ASCII bytes if they are a truncated UTF-8 character; null otherwise. In another encoding
 * such bytes may be a character.
 */
function onlyCutCharacter(bytes: Uint8Array): number | null {
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
  /** Length in bytes of the truncated last character. */
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

/** Counts an invalid sequence; returns its length in bytes. */
function bad(line: Line, bytes: Uint8Array, at: number): number {
  const cut = cutLength(bytes, at);
  line.bad += Math.max(1, cut);
  if (cut === 0) return 1;
  line.cut = cut;
  line.hasCut = true;
  return cut;
}

/** A truncated character, filled up with other bytes in place of the missing ones. */
const FILLED_UP = new Uint8Array(4);

/** Number of bytes (two or three) of a truncated character; 0 when there is none. */
function cutLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0xe0 || lead > 0xf4) return 0;
  const width = lead < 0xf0 ? 3 : 4;
  for (let length = width - 1; length >= 2; length -= 1) {
    for (let index = 0; index < FILLED_UP.length; index += 1) {
      FILLED_UP[index] = index < length ? (bytes[at + index] ?? 0) : 0x80;
    }
    if (utf8Width(FILLED_UP, 0) === width) return length;
  }
  return 0;
}
