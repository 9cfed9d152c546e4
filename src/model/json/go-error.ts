import { escapedByte } from '../byte-text.ts';
import type { Span } from './node.ts';

const NAMED: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};

/** The position of a parser in its text. */
export interface Cursor {
  readonly text: string;
  at: number;
}

/** A syntax error in Go's words; never leaves this folder. */
export class GoSyntaxError extends Error {
  readonly at: Span;

  constructor(message: string, at: Span) {
    super(message);
    this.at = at;
  }
}

/**
 * The error `invalid character 'x' <where>` at the cursor. At the end of the text Go reports a space inside a number
 * or literal, and elsewhere that the input ended unexpectedly.
 */
export function invalidCharacter(cursor: Cursor, where: string, inToken = false): GoSyntaxError {
  const code = cursor.text.codePointAt(cursor.at);
  if (code === undefined) {
    const end = { start: cursor.at, end: cursor.at };
    const message = inToken ? `invalid character ' ' ${where}` : 'unexpected end of JSON input';
    return new GoSyntaxError(message, end);
  }
  const span = { start: cursor.at, end: cursor.at + (code > 0xffff ? 2 : 1) };
  return new GoSyntaxError(`invalid character ${quoteByte(firstByte(code))} ${where}`, span);
}

/** Go works on bytes: for a non-ASCII character it reports the first byte of its UTF-8 form. */
function firstByte(code: number): number {
  if (code < 0x80) return code;
  if (code < 0x800) return 0xc0 | (code >> 6);
  if (code < 0x10000) return 0xe0 | (code >> 12);
  return 0xf0 | (code >> 18);
}

/** Formats a byte as Go's strconv.Quote formats the rune of the same value. */
export function quoteByte(byte: number): string {
  return goQuoteChar(String.fromCharCode(byte));
}

/**
 * Formats a text as Go's `%q`: similar to JSON, but with `\a`, `\v` and `\x1b` (docs/ekuiper.md#error-bodies). Bytes
 * that are not UTF-8 are represented as in byteText.
 */
export function goQuote(text: string): string {
  return `"${Array.from(text, (char) => escaped(char, '"')).join('')}"`;
}

/** Formats one character as Go's `%q`: `'x'`, `'\''`. */
export function goQuoteChar(char: string): string {
  return `'${escaped(char, "'")}'`;
}

function escaped(char: string, quote: string): string {
  return char === quote ? `\\${quote}` : (NAMED[char] ?? unprintable(char) ?? char);
}

function unprintable(char: string): string | null {
  const byte = escapedByte(char);
  if (byte !== null) return `\\x${hex(byte, 2)}`;
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  // Go prints letters, marks, numbers, punctuation, symbols and the ASCII space; everything else is escaped.
  if (code < 0x80 || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(char)) return null;
  return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
