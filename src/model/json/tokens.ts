import type { Cursor } from './cursor.ts';
import { invalidCharacter } from './go-error.ts';
import type { JsonNode, Span } from './node.ts';

type NumberNode = Extract<JsonNode, { type: 'number' }>;

/** Moves past space, tab, CR and LF: Go knows no other white space. */
export function skipSpace(cursor: Cursor): void {
  for (;;) {
    const code = cursor.text.charCodeAt(cursor.at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    cursor.at += 1;
  }
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

/** Reads a string whose opening quote is at the cursor. */
export function readString(cursor: Cursor): { readonly value: string } & Span {
  const start = cursor.at;
  const parts: string[] = [];
  let from = start + 1;
  cursor.at = from;
  for (;;) {
    const code = cursor.text.charCodeAt(cursor.at);
    if (code === 0x22) break;
    if (Number.isNaN(code) || code < 0x20) throw invalidCharacter(cursor, 'in string literal');
    if (code === 0x5c) {
      parts.push(cursor.text.slice(from, cursor.at), readEscape(cursor));
      from = cursor.at;
    } else cursor.at += 1;
  }
  parts.push(cursor.text.slice(from, cursor.at));
  cursor.at += 1;
  return { value: parts.join(''), start, end: cursor.at };
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
