import { isUtf8 } from 'node:buffer';
import { quoteByte } from './go-error.ts';
import type { GoJson } from './node.ts';
import { parseGoJson } from './parse.ts';

/** A text and what Go makes of it as JSON. */
export interface GoJsonText {
  readonly text: string;
  readonly json: GoJson;
}

/** Parses a file's bytes as Go does: a byte-order mark is an error, UTF-16 is readable for people only. */
export function parseGoJsonBytes(bytes: Uint8Array): GoJsonText {
  const [first = 0, second = 0] = bytes;
  const utf16 =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : null;
  if (utf16 === null) {
    const text = decodeGoUtf8(bytes);
    const json = parseGoJson(text);
    return { text, json: json.ok ? json : { ...json, message: namingByte(json, text, bytes) } };
  }
  const message = `invalid character ${quoteByte(first)} looking for beginning of value`;
  const text = new TextDecoder(utf16).decode(bytes);
  return { text, json: { ok: false, message, at: { start: 0, end: 1 } } };
}

/** Go names the byte itself where it is no character. */
function namingByte(
  { message, at }: Extract<GoJson, { ok: false }>,
  text: string,
  bytes: Uint8Array,
): string {
  if (text[at.start] !== '\ufffd') return message;
  const byte = bytes[byteOffset(bytes, at.start)] ?? 0;
  return message.replace(/^(invalid character )'ï'/, `$1${quoteByte(byte)}`);
}

/** Where the character at an offset of the text begins in its bytes. */
function byteOffset(bytes: Uint8Array, offset: number): number {
  let at = 0;
  for (let units = 0; units < offset; ) {
    const width = utf8Width(bytes, at);
    units += width === 4 ? 2 : 1;
    at += Math.max(1, width);
  }
  return at;
}

/** Bytes as text, with a byte-order mark kept and broken sequences replaced by U+FFFD. */
export function decodeUtf8(bytes: Uint8Array): string {
  // Node's own decoder: making a TextDecoder takes longer than reading a small plugin.
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** The same as Go does it: every single byte that is no character becomes U+FFFD. */
export function decodeGoUtf8(bytes: Uint8Array): string {
  if (isUtf8(bytes)) return decodeUtf8(bytes);
  const whole = new Uint8Array(bytes.length * REPLACEMENT.length);
  let end = 0;
  for (let at = 0; at < bytes.length; ) {
    const width = utf8Width(bytes, at);
    const from = width === 0 ? REPLACEMENT : bytes;
    const start = width === 0 ? 0 : at;
    const length = width === 0 ? REPLACEMENT.length : width;
    for (let index = 0; index < length; index += 1) whole[end + index] = from[start + index] ?? 0;
    end += length;
    at += Math.max(1, width);
  }
  return decodeUtf8(whole.subarray(0, end));
}

/** U+FFFD. */
const REPLACEMENT = Uint8Array.of(0xef, 0xbf, 0xbd);

/** Whether a file begins with the byte-order mark of UTF-8. */
export function hasUtf8Mark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** How many bytes are whole UTF-8 characters, from the start on; the length when all are. */
export function validUtf8(bytes: Uint8Array): number {
  if (isUtf8(bytes)) return bytes.length;
  let at = 0;
  while (at < bytes.length) {
    const width = utf8Width(bytes, at);
    if (width === 0) return at;
    at += width;
  }
  return at;
}

/** The length of the UTF-8 character at a place; 0 where there is none (RFC 3629). */
export function utf8Width(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4 || !isTrail(second)) return 0;
  if (first < 0xe0) return 2;
  if ((first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f)) return 0;
  if (!isTrail(bytes[at + 2] ?? 0)) return 0;
  if (first < 0xf0) return 3;
  if ((first === 0xf0 && second < 0x90) || (first === 0xf4 && second > 0x8f)) return 0;
  return isTrail(bytes[at + 3] ?? 0) ? 4 : 0;
}

/** Whether a byte continues a character. */
export function isTrail(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
