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
    const text = decodeUtf8(bytes);
    return { text, json: parseGoJson(text) };
  }
  const message = `invalid character ${quoteByte(first)} looking for beginning of value`;
  const text = new TextDecoder(utf16).decode(bytes);
  return { text, json: { ok: false, message, at: { start: 0, end: 1 } } };
}

/** Bytes as text, with a byte-order mark kept and broken sequences replaced by U+FFFD, as Go's strings do. */
export function decodeUtf8(bytes: Uint8Array): string {
  // Node's own decoder: making a TextDecoder takes longer than reading a small plugin.
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
