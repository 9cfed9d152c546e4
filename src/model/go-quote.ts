import { escapedByte } from './byte-text.ts';

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
