import { type Cursor, END, isBlank, isBreak, isSpaceOrEnd } from './cursor.ts';
import { Folding } from './scan-plain.ts';
import { bareToken, type Token } from './token.ts';

const BACKSLASH = 92;
const DOT = 46;
const MINUS = 45;
const QUOTE = 39;

/** Scans a scalar in `'` or `"`. */
export function scanQuoted(cursor: Cursor): Token {
  const start = cursor.at;
  const quote = cursor.code();
  const parts: string[] = [];
  const space = new Folding();
  cursor.skip();
  for (;;) {
    cursor.need(4);
    if (cursor.isIndicator(MINUS) || cursor.isIndicator(DOT)) {
      throw cursor.error('found unexpected document indicator');
    }
    if (cursor.code() === END) throw cursor.error('found unexpected end of stream', start);
    takeWord(cursor, quote, parts, space);
    cursor.need(1);
    if (cursor.code() === quote) break;
    for (;;) {
      if (isBlank(cursor.code())) space.takeBlank(cursor);
      else if (isBreak(cursor.code())) space.takeBreak(cursor);
      else break;
      cursor.need(1);
    }
    parts.push(space.join());
  }
  cursor.skip();
  return { ...bareToken('scalar', start, cursor.at), value: parts.join('') };
}

/** Scans up to white space or the closing quote. */
function takeWord(cursor: Cursor, quote: number, parts: string[], space: Folding): void {
  let from = cursor.at;
  const flush = (): void => {
    if (cursor.at > from) parts.push(cursor.slice(from));
  };
  while (!isSpaceOrEnd(cursor.code())) {
    const code = cursor.code();
    if (code === quote && !(quote === QUOTE && cursor.code(1) === QUOTE)) break;
    if (code === quote) {
      flush();
      cursor.skip(2);
      parts.push("'");
      from = cursor.at;
    } else if (code === BACKSLASH && quote !== QUOTE) {
      flush();
      if (isBreak(cursor.code(1))) {
        cursor.need(3);
        cursor.skip();
        space.takeEscapedBreak(cursor);
        return;
      }
      parts.push(takeEscape(cursor));
      from = cursor.at;
    } else cursor.skip();
    cursor.need(2);
  }
  flush();
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);

/** Number of hex digits after each escape character. */
const CODES: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

function takeEscape(cursor: Cursor): string {
  const letter = String.fromCharCode(cursor.code(1));
  const plain = ESCAPES.get(letter);
  const length = CODES.get(letter);
  if (plain === undefined && length === undefined) {
    throw cursor.error('found unknown escape character');
  }
  cursor.skip(2);
  return plain ?? takeCode(cursor, length ?? 0);
}

function takeCode(cursor: Cursor, length: number): string {
  const start = cursor.at;
  cursor.need(length);
  for (let digit = 0; digit < length; digit += 1) {
    if (!/^[0-9a-fA-F]$/.test(String.fromCharCode(cursor.code()))) {
      throw cursor.error('did not find expected hexdecimal number');
    }
    cursor.skip();
  }
  const value = Number.parseInt(cursor.slice(start), 16);
  if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) {
    throw cursor.error('found invalid Unicode character escape code', start);
  }
  return String.fromCodePoint(value);
}
