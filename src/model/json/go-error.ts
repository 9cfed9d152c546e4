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
 * `invalid character 'x' <where>` at the cursor, or what Go says at the end of the text: inside a number or literal
 * it pretends to see a space, anywhere else the input ended unexpectedly.
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

/** Go walks over bytes: of a character beyond ASCII it names the first byte of its UTF-8 form. */
function firstByte(code: number): number {
  if (code < 0x80) return code;
  if (code < 0x800) return 0xc0 | (code >> 6);
  if (code < 0x10000) return 0xe0 | (code >> 12);
  return 0xf0 | (code >> 18);
}

/** How Go's strconv.Quote writes a byte that is taken for a rune. */
export function quoteByte(byte: number): string {
  return goQuoteChar(String.fromCharCode(byte));
}
