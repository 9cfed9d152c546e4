import { type Cursor, GoSyntaxError, invalidCharacter } from './go-error.ts';
import type { GoJson, JsonMember, JsonNode, Span } from './node.ts';

const SPACE = /[ \t\r\n]+/y;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what JSON forbids in a string
const PLAIN = /[^"\\\u0000-\u001f]+/y;

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  '/': '/',
  '"': '"',
};

/** Go's limit for nesting: `invalid character '[' exceeded max depth`. */
const MAX_DEPTH = 10_000;

type Frame =
  | { readonly type: 'array'; readonly start: number; readonly items: JsonNode[] }
  | {
      readonly type: 'object';
      readonly start: number;
      readonly members: JsonMember[];
      key: { readonly text: string; readonly span: Span };
    };

/**
 * Parses a text as Go's encoding/json does: no comments, trailing commas, trailing text or byte-order mark; duplicate
 * members stay in the tree. Linear in the text, without recursion. Never throws.
 */
export function parseGoJson(text: string): GoJson {
  const cursor: Cursor = { text, at: 0 };
  try {
    const root = readDocument(cursor);
    skipSpace(cursor);
    if (cursor.at < text.length) throw invalidCharacter(cursor, 'after top-level value');
    return { ok: true, root };
  } catch (thrown) {
    if (!(thrown instanceof GoSyntaxError)) throw thrown;
    return { ok: false, message: thrown.message, at: thrown.at };
  }
}

function readDocument(cursor: Cursor): JsonNode {
  const frames: Frame[] = [];
  for (;;) {
    let done = openOrScalar(cursor, frames);
    while (done) {
      const frame = frames.at(-1);
      if (!frame) return done;
      done = addTo(frame, done, cursor, frames);
    }
  }
}

/** Returns a complete value, or null when a container was opened and its first value follows. */
function openOrScalar(cursor: Cursor, frames: Frame[]): JsonNode | null {
  skipSpace(cursor);
  const start = cursor.at;
  const char = cursor.text[start];
  if (char === '{' || char === '[') {
    if (frames.length >= MAX_DEPTH) throw invalidCharacter(cursor, 'exceeded max depth');
    cursor.at += 1;
    return char === '{' ? openObject(cursor, start, frames) : openArray(cursor, start, frames);
  }
  if (char === '"') return { type: 'string', ...readString(cursor) };
  if (char === '-' || (char !== undefined && char >= '0' && char <= '9')) return readNumber(cursor);
  return readLiteral(cursor);
}

function openObject(cursor: Cursor, start: number, frames: Frame[]): JsonNode | null {
  if (takeIf(cursor, '}')) return { type: 'object', members: [], start, end: cursor.at };
  frames.push({ type: 'object', start, members: [], key: readKey(cursor) });
  return null;
}

function openArray(cursor: Cursor, start: number, frames: Frame[]): JsonNode | null {
  if (takeIf(cursor, ']')) return { type: 'array', items: [], start, end: cursor.at };
  frames.push({ type: 'array', start, items: [] });
  return null;
}

/** Adds a value to its container. Returns the container when it is complete, null when more values follow. */
function addTo(frame: Frame, value: JsonNode, cursor: Cursor, frames: Frame[]): JsonNode | null {
  const { start } = frame;
  if (frame.type === 'array') {
    frame.items.push(value);
    if (takeIf(cursor, ',')) return null;
    expect(cursor, ']', 'after array element');
    frames.pop();
    return { type: 'array', items: frame.items, start, end: cursor.at };
  }
  frame.members.push({ key: frame.key.text, keySpan: frame.key.span, value });
  if (takeIf(cursor, ',')) {
    frame.key = readKey(cursor);
    return null;
  }
  expect(cursor, '}', 'after object key:value pair');
  frames.pop();
  return { type: 'object', members: frame.members, start, end: cursor.at };
}

function readKey(cursor: Cursor): { readonly text: string; readonly span: Span } {
  skipSpace(cursor);
  if (cursor.text[cursor.at] !== '"') {
    throw invalidCharacter(cursor, 'looking for beginning of object key string');
  }
  const { value, start, end } = readString(cursor);
  expect(cursor, ':', 'after object key');
  return { text: value, span: { start, end } };
}

function takeIf(cursor: Cursor, char: string): boolean {
  skipSpace(cursor);
  if (cursor.text[cursor.at] !== char) return false;
  cursor.at += 1;
  return true;
}

function expect(cursor: Cursor, char: string, where: string): void {
  if (!takeIf(cursor, char)) throw invalidCharacter(cursor, where);
}

type NumberNode = Extract<JsonNode, { type: 'number' }>;

/** Skips space, tab, CR and LF, the only white space of Go. */
function skipSpace(cursor: Cursor): void {
  // Fast path: most tokens have no space before them.
  if (cursor.text.charCodeAt(cursor.at) > 0x20) return;
  SPACE.lastIndex = cursor.at;
  if (SPACE.test(cursor.text)) cursor.at = SPACE.lastIndex;
}

/** Reads `true`, `false` or `null`, letter by letter as Go does. */
function readLiteral(cursor: Cursor): JsonNode {
  const word = ['true', 'false', 'null'].find((one) => one[0] === cursor.text[cursor.at]);
  if (!word) throw invalidCharacter(cursor, 'looking for beginning of value');
  const start = cursor.at;
  for (const letter of word) {
    if (cursor.text[cursor.at] !== letter) {
      throw invalidCharacter(cursor, `in literal ${word} (expecting '${letter}')`, true);
    }
    cursor.at += 1;
  }
  const span = { start, end: cursor.at };
  return word === 'null'
    ? { type: 'null', ...span }
    : { type: 'boolean', value: word === 'true', ...span };
}

function readNumber(cursor: Cursor): NumberNode {
  const start = cursor.at;
  if (cursor.text[cursor.at] === '-') cursor.at += 1;
  if (cursor.text[cursor.at] === '0') cursor.at += 1;
  else digits(cursor, 'in numeric literal');
  if (cursor.text[cursor.at] === '.') {
    cursor.at += 1;
    digits(cursor, 'after decimal point in numeric literal');
  }
  if (/[eE]/.test(cursor.text[cursor.at] ?? '')) {
    cursor.at += 1;
    if (/[+-]/.test(cursor.text[cursor.at] ?? '')) cursor.at += 1;
    digits(cursor, 'in exponent of numeric literal');
  }
  const text = cursor.text.slice(start, cursor.at);
  return { type: 'number', value: Number(text), text, start, end: cursor.at };
}

function digits(cursor: Cursor, where: string): void {
  if (!isDigit(cursor)) throw invalidCharacter(cursor, where, true);
  while (isDigit(cursor)) cursor.at += 1;
}

function isDigit(cursor: Cursor): boolean {
  const code = cursor.text.charCodeAt(cursor.at);
  return code >= 0x30 && code <= 0x39;
}

/** Reads a string; the cursor is at its opening quote. */
function readString(cursor: Cursor): { readonly value: string } & Span {
  const { text } = cursor;
  const start = cursor.at;
  let value = '';
  cursor.at += 1;
  for (;;) {
    PLAIN.lastIndex = cursor.at;
    if (PLAIN.test(text)) {
      value += text.slice(cursor.at, PLAIN.lastIndex);
      cursor.at = PLAIN.lastIndex;
    }
    const code = text.charCodeAt(cursor.at);
    if (code === 0x22) break;
    if (code !== 0x5c) throw invalidCharacter(cursor, 'in string literal');
    value += readEscape(cursor);
  }
  cursor.at += 1;
  return { value, start, end: cursor.at };
}

function readEscape(cursor: Cursor): string {
  cursor.at += 1;
  const letter = cursor.text[cursor.at];
  const plain = letter === undefined ? undefined : ESCAPES[letter];
  if (plain === undefined && letter !== 'u')
    throw invalidCharacter(cursor, 'in string escape code', true);
  cursor.at += 1;
  return plain ?? readUnit(cursor);
}

/** Reads a `\u` escape; a lone surrogate becomes U+FFFD, as in Go. */
function readUnit(cursor: Cursor): string {
  const unit = readHex(cursor);
  if (unit < 0xd800 || unit > 0xdfff) return String.fromCharCode(unit);
  const { text, at } = cursor;
  const low = /^\\u([dD][c-fC-F][0-9a-fA-F]{2})/.exec(text.slice(at, at + 6))?.[1];
  if (unit > 0xdbff || low === undefined) return '\ufffd';
  cursor.at += 6;
  return String.fromCharCode(unit, Number.parseInt(low, 16));
}

function readHex(cursor: Cursor): number {
  const start = cursor.at;
  while (cursor.at < start + 4) {
    if (!/^[0-9a-fA-F]$/.test(cursor.text[cursor.at] ?? '')) {
      throw invalidCharacter(cursor, 'in \\u hexadecimal character escape', true);
    }
    cursor.at += 1;
  }
  return Number.parseInt(cursor.text.slice(start, cursor.at), 16);
}
