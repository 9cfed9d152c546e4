import { decodeGoUtf8, isTrail, validUtf8 } from '../json/bytes.ts';
import { YamlError } from './fault.ts';

/** A YAML text and how far Go's reader gets in it. */
export interface YamlInput {
  /** Without the byte-order mark; bytes that are no characters are U+FFFD. Places are offsets in it. */
  readonly text: string;
  /** The scanner sees only what is before this; the text's length unless there is a fault. */
  readonly end: number;
  /** Why the rest cannot be read; thrown when the scanner wants more than it sees. */
  readonly fault: YamlError | null;
}

/** yaml.v3 reads this many bytes at a time; bad bytes hide whatever is read together with them. */
const CHUNK = 512;

/** What YAML does not allow: control characters but tab, LF, CR and NEL; halves of pairs; U+FFFE and U+FFFF. */
const FORBIDDEN = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd]/;

/** The bytes of a YAML file as yaml.v3 decodes them: UTF-8, or UTF-16 with a byte-order mark. Never throws. */
export function yamlInput(bytes: Uint8Array): YamlInput {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return utf16Input(bytes, true);
  if (first === 0xfe && second === 0xff) return utf16Input(bytes, false);
  return utf8Input(bytes);
}

function utf8Input(bytes: Uint8Array): YamlInput {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const content = hasMark ? bytes.subarray(3) : bytes;
  const text = decodeGoUtf8(content);
  if (hasMark && text.startsWith('\ufeff')) return secondMark(text);
  const valid = validUtf8(content);
  const decodes = valid === content.length;
  const bad = decodes ? text.length : decodeGoUtf8(content.subarray(0, valid)).length;
  const control = forbiddenAt(text.slice(0, bad));
  if (decodes && control === null) return { text, end: text.length, fault: null };
  const at = control ?? bad;
  const fault = control === null ? notUtf8(content, at) : forbidden(text, control);
  const offset = (hasMark ? 3 : 0) + Buffer.byteLength(text.slice(0, at), 'utf8');
  const seen = utf8ChunkStart(bytes, offset);
  const end = decodeGoUtf8(bytes.subarray(hasMark ? 3 : 0, seen)).length;
  return { text, end, fault };
}

/** Go's parser would lose the first character of every line for a while. */
function secondMark(text: string): YamlInput {
  const fault = new YamlError('a second byte-order mark', { start: 0, end: 1 });
  return { text, end: 0, fault };
}

function notUtf8(content: Uint8Array, at: number): YamlError {
  const byte = content[validUtf8(content)] ?? 0;
  const message = `the byte 0x${byte.toString(16).toUpperCase().padStart(2, '0')} is not UTF-8`;
  return new YamlError(message, { start: at, end: at + 1 }, 'encoding');
}

/** Where the first character that YAML forbids is; null for none. Pairs of surrogates are allowed. */
function forbiddenAt(text: string): number | null {
  if (!FORBIDDEN.test(text)) return null;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.codePointAt(at) ?? 0;
    if (code > 0xffff) at += 1;
    else if (FORBIDDEN.test(text.charAt(at))) return at;
  }
  return null;
}

function forbidden(text: string, at: number): YamlError {
  const code = (text.charCodeAt(at) || 0).toString(16).toUpperCase().padStart(4, '0');
  return new YamlError(`control characters are not allowed (U+${code})`, {
    start: at,
    end: at + 1,
  });
}

/** Where the piece begins in which Go reads the byte at `offset`: pieces end at whole characters. */
function utf8ChunkStart(bytes: Uint8Array, offset: number): number {
  const next = offset + leadWidth(bytes[offset] ?? 0);
  for (let start = 0; ; ) {
    let end = Math.min(start + CHUNK, bytes.length);
    // A character that is not whole in one piece begins the next.
    if (end > offset) return next > end ? offset : start;
    while (end > start && isTrail(bytes[end] ?? 0)) end -= 1;
    start = end;
  }
}

/** How long a character claims to be. */
function leadWidth(byte: number): number {
  if ((byte & 0xe0) === 0xc0) return 2;
  if ((byte & 0xf0) === 0xe0) return 3;
  return (byte & 0xf8) === 0xf0 ? 4 : 1;
}

function utf16Input(bytes: Uint8Array, isLittle: boolean): YamlInput {
  const content = bytes.subarray(2);
  const units = Buffer.from(content.subarray(0, content.length & ~1));
  const text = (isLittle ? units : units.swap16()).toString('utf16le');
  const isOdd = content.length % 2 === 1;
  if (text.startsWith('\ufeff')) return secondMark(text);
  const bad = forbiddenAt(text) ?? (isOdd ? text.length : null);
  if (bad === null) return { text, end: text.length, fault: null };
  const code = text.charCodeAt(bad);
  const isHalf = bad === text.length || (code >= 0xd800 && code <= 0xdfff);
  const fault = isHalf
    ? new YamlError('incomplete UTF-16 character', { start: bad, end: bad + 1 }, 'encoding')
    : forbidden(text, bad);
  const isCutOff = isHalf && bad >= text.length - 1;
  const end = isCutOff ? bad : utf16ChunkStart(text, 2 + 2 * bad);
  return { text: isOdd ? `${text}\ufffd` : text, end, fault };
}

/** The same for UTF-16, as an offset in the text. */
function utf16ChunkStart(text: string, offset: number): number {
  let start = 0;
  while (start + CHUNK <= offset) {
    const end = start + CHUNK;
    const last = text.charCodeAt((end - 2) / 2 - 1);
    start = last >= 0xd800 && last <= 0xdbff ? end - 2 : end;
  }
  return Math.max(0, start - 2) / 2;
}
