import { goQuoteChar } from '../go-quote.ts';
import type { Cursor } from './cursor.ts';
import type { Span } from './node.ts';

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
