import { byteLists, hexDumps } from './forms/byte-lists.ts';
import { candidateFinder, standsAt } from './forms/candidates.ts';
import { BINARY_MARKS, binaryKeyAround } from './forms/private-key-binary.ts';
import { withPlainLetters } from './forms/unescaped.ts';
import { SECRET_TEXTS, type SecretText } from './secret-texts.ts';

/** A secret that a file contains. */
export interface SecretContent {
  /** With its article: `a private key`, `a GitHub token`. */
  readonly what: string;
  readonly isPrivateKey: boolean;
  /** Not recognized by a fixed form, as a token is, but by its name and value: see the rule secret-packed. */
  readonly isGuess?: boolean;
  /** Likely contains a private key, but is encrypted with a password. */
  readonly isSealed?: boolean;
  /** 1-based; null for binary files. */
  readonly line: number | null;
}

/** The remaining effort for a package, in bytes that take the same time. */
export interface SearchBudget {
  left: number;
}

/** Costs of a possible start of a secret, of an escaped character, and of a number in a list. */
const [PLACE_COSTS, ESCAPE_COSTS, NUMBER_COSTS] = [256, 20, 16] as const;

export interface Place {
  readonly budget: SearchBudget;
  readonly form: Form;
  /** The window starts the file. */
  readonly isFirst: boolean;
  /** The file continues after the window. */
  readonly isCut: boolean;
}

/** Returns the first private key in a window, else the first secret; skips those that start in an earlier window. */
export function secretInWindow(window: Buffer, place: Place): SecretContent | null {
  const isWide = place.form === 'wide';
  const first = isWide ? firstInWide(window, place) : inBytes(window, place);
  if (first?.isPrivateKey) return first;
  const escaped = inPlainLetters(window, place);
  if (escaped?.isPrivateKey) return escaped;
  const listed = inByteLists(window, place);
  if (listed !== null) return listed;
  const own = isWide ? inBytes(window, place) : null;
  return own === null ? (first ?? escaped) : { ...own, line: null };
}

/** Searches the raw bytes, whatever the detected form: an archive with many zero bytes looks like UTF-16. */
function inBytes(window: Buffer, { budget, form, isFirst, isCut }: Place): SecretContent | null {
  const candidates = candidatesIn(window);
  budget.left -= candidates.length * PLACE_COSTS;
  if (candidates.length === 0) return null;
  const text = asciiOf(window, form === 'wide' ? 'text' : form);
  const own = isFirst ? candidates : candidates.filter((at) => at >= BEFORE);
  const found = firstAt(own, isCut ? truncated(text) : text);
  if (found?.isPrivateKey) return found;
  return binaryKeyIn(window, candidates) ?? wideKeyIn(window, candidates, isCut) ?? found;
}

function binaryKeyIn(window: Buffer, candidates: readonly number[]): SecretContent | null {
  for (const at of candidates) {
    const key = binaryKeyAround(window, at);
    if (key !== null) return key;
  }
  return null;
}

/**
 * Removes the zero bytes of UTF-16 before searching; matches of an earlier window are skipped by their offset in the
 * file.
 */
function firstInWide(window: Buffer, { isFirst, isCut }: Place): SecretContent | null {
  const skipped = isFirst ? 0 : asciiOf(window.subarray(0, BEFORE), 'wide').length;
  return firstIn(asciiOf(window, 'wide'), skipped, isCut);
}

/** Decodes escaped letters, as JSON and programs may write them, before searching. */
function inPlainLetters(
  window: Buffer,
  { budget, form, isFirst, isCut }: Place,
): SecretContent | null {
  const text = asciiOf(window, form);
  const plain = withPlainLetters(text);
  if (plain === null) return null;
  budget.left -= (text.length - plain.length) * ESCAPE_COSTS;
  const before = asciiOf(window.subarray(0, isFirst ? 0 : BEFORE), form);
  return firstIn(plain, (withPlainLetters(before) ?? before).length, isCut);
}

/** Searches for a private key whose bytes are listed as numbers or in a hex dump. */
function inByteLists(window: Buffer, { budget, form }: Place): SecretContent | null {
  // Binary models are large, and a list of bytes is a text.
  if (form === 'binary') return null;
  const text = form === 'wide' ? Buffer.from(asciiOf(window, form), 'latin1') : window;
  const own = text.toString('latin1');
  for (const { bytes, at } of [...byteLists(text), ...hexDumps(own)]) {
    budget.left -= bytes.length * NUMBER_COSTS;
    const found = inBytes(bytes, { budget, form: 'text', isFirst: true, isCut: true });
    if (found?.isPrivateKey) return { ...found, line: lineOf(own, at) };
  }
  return null;
}

/** Removes what is cut at the end of a window; it is searched again with the next window. */
function truncated(text: string): string {
  return `${text}...`;
}

/** In a file of another form: searches around the markers of keys, each position once. */
function wideKeyIn(
  window: Buffer,
  candidates: readonly number[],
  isCut: boolean,
): SecretContent | null {
  let next = 0;
  for (const at of candidates) {
    if (at < next || !WIDE_MARKERS.some((marker) => standsAt(window, at, marker))) continue;
    const from = Math.max(0, at - WIDE_BEFORE);
    const end = from + WIDE_WINDOW;
    const text = asciiOf(window.subarray(from, end), 'wide');
    const found = firstIn(text, 0, isCut || end < window.length);
    if (found?.isPrivateKey) return { ...found, line: null };
    next = end - OVERLAP;
  }
  return null;
}

/** Without the outer zero bytes such a text is the same in either byte order of UTF-16, and of UTF-32. */
const WIDE_MARKERS = ['PRIVATE KEY', 'PuTTY-User-Key-File-', 'AGE-SECRET-KEY-1'].flatMap((text) => [
  Buffer.from([...text].join('\0')),
  Buffer.from([...text].join('\0\0\0')),
]);
/** Bytes from the middle of the longest header to its start, in UTF-32. */
const WIDE_BEFORE = 200;
const WIDE_WINDOW = 128 * 1024;

/** Bytes that are searched as one text. */
export const WINDOW = 1024 ** 2;
/** Bytes of a window that are searched again with the next: enough for the longest PuTTY key in UTF-16. */
export const OVERLAP = 48 * 1024;
/** Characters at the start of a window that are only context; they were in the middle of the previous window. */
const BEFORE = 4000;

const LOOKED_AT = 1024;

export type Form = 'text' | 'wide' | 'binary';

/** One character per byte; zero bytes of UTF-16 and UTF-32 are removed, because all patterns are ASCII. */
function asciiOf(bytes: Uint8Array, form: Form): string {
  const own = form === 'wide' ? withoutZeros(bytes) : bytes;
  const { buffer, byteOffset, byteLength } = own;
  return Buffer.from(buffer, byteOffset, byteLength).toString('latin1');
}

/** A loop: a regular expression or `replaceAll` takes 20 times as long when nearly all bytes are zero. */
function withoutZeros(bytes: Uint8Array): Uint8Array {
  const kept = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    kept[length] = byte;
    if (byte !== 0) length += 1;
  }
  return kept.subarray(0, length);
}

/**
 * `wide`: UTF-16 or UTF-32, detected by the byte-order mark or by zero bytes at most even or odd offsets, as in ASCII
 * text.
 */
export function formOf(bytes: Uint8Array): Form {
  const start = bytes.subarray(0, LOOKED_AT);
  if (!start.includes(0)) return 'text';
  if (hasWideMark(start)) return 'wide';
  const zeros = [0, 0];
  start.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const isWide = Math.max(...zeros) > start.length * 0.35 && printableShare(start) > 0.9;
  return isWide ? 'wide' : 'binary';
}

/** FE FF, FF FE (also the start of UTF-32LE) or 00 00 FE FF. */
function hasWideMark([first, second, third, fourth]: Uint8Array): boolean {
  const isMark = (a: number | undefined, b: number | undefined): boolean =>
    (a === 0xfe && b === 0xff) || (a === 0xff && b === 0xfe);
  return isMark(first, second) || (first === 0 && second === 0 && isMark(third, fourth));
}

function printableShare(start: Uint8Array): number {
  const rest = start.filter((byte) => byte !== 0);
  const printable = rest.filter((byte) => byte >= 9);
  return rest.length === 0 ? 0 : printable.length / rest.length;
}

/** ELF files of the type ET_CORE, in either byte order. */
export function isCoreDump(bytes: Uint8Array): boolean {
  return (
    isElf(bytes) && bytes[bytes[5] === 2 ? 17 : 16] === 4 && bytes[bytes[5] === 2 ? 16 : 17] === 0
  );
}

export function isElf(bytes: Uint8Array): boolean {
  return bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46;
}

/** By the start of the needles; mostly one per start. */
const BY_NEEDLE = new Map<string, SecretText[]>();
for (const secret of SECRET_TEXTS) {
  for (const needle of secret.needles) {
    BY_NEEDLE.set(needle, [...(BY_NEEDLE.get(needle) ?? []), secret]);
  }
}

/** Longest alternative first, so that of two needles with the same start the longer one matches. */
const NEEDLES = new RegExp(
  [...BY_NEEDLE.keys()]
    .sort((a, b) => b.length - a.length)
    .map((needle) => needle.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|'),
  'y',
);

const candidatesIn = candidateFinder([
  ...Array.from(BY_NEEDLE.keys(), (needle) => Buffer.from(needle, 'latin1')),
  ...BINARY_MARKS,
  ...WIDE_MARKERS,
]);

/** Searches from offset `skipped` on. */
function firstIn(text: string, skipped: number, isCut: boolean): SecretContent | null {
  const candidates = candidatesIn(Buffer.from(text, 'latin1')).filter((at) => at >= skipped);
  return firstAt(candidates, isCut ? truncated(text) : text);
}

/** Returns the first private key at one of these positions, else the first secret. */
function firstAt(places: readonly number[], text: string): SecretContent | null {
  let found: SecretContent | null = null;
  for (const at of places) {
    NEEDLES.lastIndex = at;
    const needle = NEEDLES.exec(text)?.[0] ?? '';
    for (const secret of BY_NEEDLE.get(needle) ?? []) {
      // A file that only has a likely password is packed, one with a token is not, so the token replaces a guess.
      if (found && !found.isGuess && !secret.isPrivateKey) continue;
      if (found && secret.isGuess) continue;
      if (!secret.isIt({ text, at, end: at + needle.length })) continue;
      const { what, isPrivateKey, isGuess } = secret;
      const place = { what, isPrivateKey, ...(isGuess ? { isGuess } : {}), line: lineOf(text, at) };
      if (isPrivateKey) return place;
      found = place;
    }
  }
  return found;
}

function lineOf(text: string, at: number): number {
  let line = 1;
  for (let end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', end + 1))
    line += 1;
  return line;
}

/** Number of lines of a text; 0 for binary files. */
export function linesIn(bytes: Uint8Array, form: Form): number {
  if (form === 'binary') return 0;
  let lines = 0;
  // A plain loop: an iterator costs ten times as much.
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at] === 10) lines += 1;
  return lines;
}
