import { decodeGoUtf8, validUtf8 } from '../../json/bytes.ts';
import { YamlError } from './fault.ts';

/** A YAML text and how far Go's reader gets in it. */
export interface YamlInput {
  /** Without the byte-order mark; bytes that are no characters are U+FFFD. Places are offsets in it. */
  readonly text: string;
  /** What is before this is decoded; the text's length unless there is a fault. */
  readonly end: number;
  /** Why the rest cannot be read; thrown when the scanner wants more than the pieces before it hold. */
  readonly fault: YamlError | null;
  /** Where the pieces end that yaml.v3 reads without a fault; null when it makes no difference where they do. */
  readonly pieces: readonly number[] | null;
}

/** yaml.v3 reads this many bytes at a time (readerc.go); bad bytes hide whatever is read together with them. */
const PIECE = 512;

/** What YAML does not allow: control characters but tab, LF, CR and NEL; halves of pairs; U+FFFE and U+FFFF. */
const FORBIDDEN = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd]/;

/** The bytes of a YAML file as yaml.v3 decodes them: UTF-8, or UTF-16 with a byte-order mark. Never throws. */
export function yamlInput(bytes: Uint8Array): YamlInput {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return utf16Input(bytes, true);
  if (first === 0xfe && second === 0xff) return utf16Input(bytes, false);
  return utf8Input(bytes);
}

/** A text that is decoded already. A byte-order mark counts as an empty line, so that places stay what they are. */
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
  // A mark within the text is not overlooked by Go when it begins a piece.
  const matters = fault !== null || text.includes('\ufeff');
  return { text, end, fault, pieces: matters ? pieces() : null };
}

function notUtf8(content: Uint8Array, place: number, at: number): YamlError {
  const byte = content[place] ?? 0;
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

/** How long a character claims to be. */
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

/** Encoded characters: where they start, how many bytes there are, and what the one at a place takes. */
interface Encoded {
  readonly start: number;
  readonly length: number;
  /** In bytes. */
  readonly width: (at: number) => number;
  /** In UTF-16. */
  readonly units: (at: number) => number;
}

/** Where the pieces end, as offsets in the text; a character that is not whole in one piece begins the next. */
function piecesOf({ start, length, width, units }: Encoded, bad: number): number[] {
  const ends: number[] = [];
  let [at, offset] = [start, 0];
  for (let from = 0; ; from = at) {
    const end = Math.min(from + PIECE, length);
    while (at < end && at + width(at) <= end) {
      // The piece with the fault is none: nothing of it is seen when it is asked for.
      if (offset === bad) return ends;
      offset += units(at);
      at += width(at);
    }
    ends.push(offset);
    if (end === length) return ends;
  }
}
