import type { Cursor } from './cursor.ts';
import { invalidCharacter } from './go-error.ts';
import type { JsonNode, Span } from './node.ts';

type NumberNode = Extract<JsonNode, { type: 'number' }>;

const SPACE = /[ \t\r\n]+/y;

/** Moves past space, tab, CR and LF: Go knows no other white space. */
export function skipSpace(cursor: Cursor): void {
  // Most tokens have no space before them; the regular expression runs only where there is some.
  if (cursor.text.charCodeAt(cursor.at) > 0x20) return;
  SPACE.lastIndex = cursor.at;
  if (SPACE.test(cursor.text)) cursor.at = SPACE.lastIndex;
}

/** Reads `true`, `false` or `null`, letter by letter as Go does. */
export function readLiteral(cursor: Cursor): JsonNode {
  const word = ['true', 'false', 'null'].find((one) => one[0] === cursor.text[cursor.at]);
  if (!word) throw invalidCharacter(cursor, 'looking for beginning of value');
  const start = cursor.at;
  for (const letter of word) {
    if (cursor.text[cursor.at] !== letter) {
      throw invalidCharacter(cursor, `in literal ${word} (expecting '${letter}')`, true);
    }
    cursor.at += 1;
  }
  const span = { start, end: cursor.at };
  return word === 'null'
    ? { type: 'null', ...span }
    : { type: 'boolean', value: word === 'true', ...span };
}

export function readNumber(cursor: Cursor): NumberNode {
  const start = cursor.at;
  if (cursor.text[cursor.at] === '-') cursor.at += 1;
  if (cursor.text[cursor.at] === '0') cursor.at += 1;
  else digits(cursor, 'in numeric literal');
  if (cursor.text[cursor.at] === '.') {
    cursor.at += 1;
    digits(cursor, 'after decimal point in numeric literal');
  }
  if (/[eE]/.test(cursor.text[cursor.at] ?? '')) {
    cursor.at += 1;
    if (/[+-]/.test(cursor.text[cursor.at] ?? '')) cursor.at += 1;
    digits(cursor, 'in exponent of numeric literal');
  }
  const text = cursor.text.slice(start, cursor.at);
  return { type: 'number', value: Number(text), text, start, end: cursor.at };
}

function digits(cursor: Cursor, where: string): void {
  if (!isDigit(cursor)) throw invalidCharacter(cursor, where, true);
  while (isDigit(cursor)) cursor.at += 1;
}

function isDigit(cursor: Cursor): boolean {
  const code = cursor.text.charCodeAt(cursor.at);
  return code >= 0x30 && code <= 0x39;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what JSON forbids in a string
const PLAIN = /[^"\\\u0000-\u001f]+/y;

/** Reads a string whose opening quote is at the cursor. */
export function readString(cursor: Cursor): { readonly value: string } & Span {
  const { text } = cursor;
  const start = cursor.at;
  let value = '';
  cursor.at += 1;
  for (;;) {
    PLAIN.lastIndex = cursor.at;
    if (PLAIN.test(text)) {
      value += text.slice(cursor.at, PLAIN.lastIndex);
      cursor.at = PLAIN.lastIndex;
    }
    const code = text.charCodeAt(cursor.at);
    if (code === 0x22) break;
    if (code !== 0x5c) throw invalidCharacter(cursor, 'in string literal');
    value += readEscape(cursor);
  }
  cursor.at += 1;
  return { value, start, end: cursor.at };
}

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  '/': '/',
  '"': '"',
};

function readEscape(cursor: Cursor): string {
  cursor.at += 1;
  const letter = cursor.text[cursor.at];
  const plain = letter === undefined ? undefined : ESCAPES[letter];
  if (plain === undefined && letter !== 'u')
    throw invalidCharacter(cursor, 'in string escape code', true);
  cursor.at += 1;
  return plain ?? readUnit(cursor);
}

/** A `\u` escape; a lone half of a pair becomes U+FFFD, as in Go. */
function readUnit(cursor: Cursor): string {
  const unit = readHex(cursor);
  if (unit < 0xd800 || unit > 0xdfff) return String.fromCharCode(unit);
  const { text, at } = cursor;
  const low = /^\\u([dD][c-fC-F][0-9a-fA-F]{2})/.exec(text.slice(at, at + 6))?.[1];
  if (unit > 0xdbff || low === undefined) return '\ufffd';
  cursor.at += 6;
  return String.fromCharCode(unit, Number.parseInt(low, 16));
}

function readHex(cursor: Cursor): number {
  const start = cursor.at;
  while (cursor.at < start + 4) {
    if (!/^[0-9a-fA-F]$/.test(cursor.text[cursor.at] ?? '')) {
      throw invalidCharacter(cursor, 'in \\u hexadecimal character escape', true);
    }
    cursor.at += 1;
  }
  return Number.parseInt(cursor.text.slice(start, cursor.at), 16);
}
