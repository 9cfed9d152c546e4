import { decodeGoUtf8, validUtf8 } from '../../json/bytes.ts';
import type { Span } from '../../json/node.ts';

/**
 * `encoding`: bytes that are not valid text. `root`: valid YAML, but not a map. `limit`: a limit of kplugin;
 * eKuiper's result is unknown.
 */
export type YamlFaultKind = 'syntax' | 'encoding' | 'duplicate-key' | 'root' | 'limit';

/** Why a YAML text is rejected; thrown where the fault is found, never outside of this folder. */
export class YamlError extends Error {
  readonly at: Span;
  readonly kind: YamlFaultKind;

  constructor(message: string, { start, end }: Span, kind: YamlFaultKind = 'syntax') {
    super(message);
    this.at = { start, end };
    this.kind = kind;
  }
}

/** A YAML text and the position up to which Go's reader can read it. */
export interface YamlInput {
  /** Without the byte-order mark; invalid bytes are U+FFFD. All offsets refer to it. */
  readonly text: string;
  /** The text before this offset is decoded; the text's length unless there is a fault. */
  readonly end: number;
  /** Why the rest cannot be decoded; thrown when the scanner needs more than the pieces before it contain. */
  readonly fault: YamlError | null;
  /** Offsets of the ends of the pieces that yaml.v3 reads without a fault; null when they make no difference. */
  readonly pieces: readonly number[] | null;
}

/** yaml.v3 reads this many bytes at a time (readerc.go); an invalid byte hides the rest of its piece. */
const PIECE = 512;

/** Characters that YAML forbids: control characters except tab, LF, CR and NEL; lone surrogates; U+FFFE and U+FFFF. */
const FORBIDDEN = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd]/;

/** Decodes the bytes of a YAML file as yaml.v3 does: UTF-8, or UTF-16 with a byte-order mark. Never throws. */
export function yamlInput(bytes: Uint8Array): YamlInput {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return utf16Input(bytes, true);
  if (first === 0xfe && second === 0xff) return utf16Input(bytes, false);
  return utf8Input(bytes);
}

/** Wraps a text that is decoded already. A byte-order mark becomes a line feed, so that offsets stay the same. */
export function textInput(text: string): YamlInput {
  const content = text.startsWith('\ufeff') ? `\n${text.slice(1)}` : text;
  const control = forbiddenAt(content);
  if (control === null) return { text: content, end: content.length, fault: null, pieces: null };
  return { text: content, end: control, fault: forbidden(content, control), pieces: [control] };
}

function utf8Input(bytes: Uint8Array): YamlInput {
  const skipped = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const content = bytes.subarray(skipped);
  const text = decodeGoUtf8(content);
  const valid = validUtf8(content);
  const decodes = valid === content.length;
  const bad = decodes ? text.length : decodeGoUtf8(content.subarray(0, valid)).length;
  const control = forbiddenAt(text.slice(0, bad));
  const end = control ?? bad;
  const fault =
    control !== null ? forbidden(text, control) : decodes ? null : notUtf8(content, valid, bad);
  return input(text, end, fault, () => {
    const width = (at: number): number => leadWidth(bytes[at] ?? 0);
    const units = (at: number): number => (width(at) === 4 ? 2 : 1);
    return piecesOf({ start: skipped, length: bytes.length, width, units }, end);
  });
}

function input(
  text: string,
  end: number,
  fault: YamlError | null,
  pieces: () => number[],
): YamlInput {
  // A byte-order mark inside the text matters to Go when it starts a piece.
  const matters = fault !== null || text.includes('\ufeff');
  return { text, end, fault, pieces: matters ? pieces() : null };
}

function notUtf8(content: Uint8Array, place: number, at: number): YamlError {
  const byte = content[place] ?? 0;
  const message = `the byte 0x${byte.toString(16).toUpperCase().padStart(2, '0')} is not UTF-8`;
  return new YamlError(message, { start: at, end: at + 1 }, 'encoding');
}

/** Offset of the first character that YAML forbids, null for none. Surrogate pairs are allowed. */
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

/** The length of a UTF-8 sequence by its first byte. */
function leadWidth(byte: number): number {
  if ((byte & 0xe0) === 0xc0) return 2;
  if ((byte & 0xf0) === 0xe0) return 3;
  return (byte & 0xf8) === 0xf0 ? 4 : 1;
}

function utf16Input(bytes: Uint8Array, isLittle: boolean): YamlInput {
  const content = bytes.subarray(2);
  const even = Buffer.from(content.subarray(0, content.length & ~1));
  const text = (isLittle ? even : even.swap16()).toString('utf16le');
  const isOdd = content.length % 2 === 1;
  const bad = forbiddenAt(text) ?? (isOdd ? text.length : null);
  const fault = bad === null ? null : utf16Fault(text, bad);
  const end = bad ?? text.length;
  return input(isOdd ? `${text}\ufffd` : text, end, fault, () => {
    const width = (at: number): number => (isHighHalf(text.charCodeAt((at - 2) / 2)) ? 4 : 2);
    const units = (at: number): number => width(at) / 2;
    return piecesOf({ start: 2, length: bytes.length, width, units }, end);
  });
}

function utf16Fault(text: string, bad: number): YamlError {
  const code = text.charCodeAt(bad);
  const isHalf = bad === text.length || (code >= 0xd800 && code <= 0xdfff);
  return isHalf
    ? new YamlError('incomplete UTF-16 character', { start: bad, end: bad + 1 }, 'encoding')
    : forbidden(text, bad);
}

function isHighHalf(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

/** Encoded characters: their start, their length in bytes, and the size of the character at an offset. */
interface Encoded {
  readonly start: number;
  readonly length: number;
  /** Size in bytes. */
  readonly width: (at: number) => number;
  /** Size in UTF-16 code units. */
  readonly units: (at: number) => number;
}

/** Ends of the pieces, as offsets in the text; a character that is incomplete in a piece belongs to the next. */
function piecesOf({ start, length, width, units }: Encoded, bad: number): number[] {
  const ends: number[] = [];
  let [at, offset] = [start, 0];
  for (let from = 0; ; from = at) {
    const end = Math.min(from + PIECE, length);
    while (at < end && at + width(at) <= end) {
      // The piece with the fault does not count: Go reports the fault when it reads the piece.
      if (offset === bad) return ends;
      offset += units(at);
      at += width(at);
    }
    ends.push(offset);
    if (end === length) return ends;
  }
}
