import { isUtf8 } from 'node:buffer';
import { quoteByte } from './go-error.ts';
import type { GoJson } from './node.ts';
import { parseGoJson } from './parse.ts';

/** A text and the result of parsing it as Go does. */
interface GoJsonText {
  readonly text: string;
  readonly json: GoJson;
}

/** Parses the bytes of a file as Go does: a byte-order mark is an error; UTF-16 is decoded only for display. */
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

/** Go reports the byte itself when it is not valid UTF-8. */
function namingByte(
  { message, at }: Extract<GoJson, { ok: false }>,
  text: string,
  bytes: Uint8Array,
): string {
  if (text[at.start] !== '\ufffd') return message;
  const byte = bytes[byteOffset(bytes, at.start)] ?? 0;
  return message.replace(/^(invalid character )'ï'/, `$1${quoteByte(byte)}`);
}

/** The byte offset of the character at a text offset. */
function byteOffset(bytes: Uint8Array, offset: number): number {
  let at = 0;
  for (let units = 0; units < offset; ) {
    const width = utf8Width(bytes, at);
    units += width === 4 ? 2 : 1;
    at += Math.max(1, width);
  }
  return at;
}

/** Decodes UTF-8; keeps a byte-order mark and replaces invalid sequences by U+FFFD. */
export function decodeUtf8(bytes: Uint8Array): string {
  // Node's own decoder: creating a TextDecoder takes longer than reading a small plugin.
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** As {@link decodeUtf8}, but like Go: every single invalid byte becomes U+FFFD. */
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

/** Whether a file starts with the UTF-8 byte-order mark. */
export function hasUtf8Mark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** Number of bytes up to the first invalid UTF-8; the length when all are valid. */
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

/** The length of the UTF-8 character at an offset; 0 when it is invalid (RFC 3629). */
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

/** Whether a byte is a UTF-8 continuation byte. */
function isTrail(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
