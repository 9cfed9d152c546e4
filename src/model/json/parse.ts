import type { Cursor } from './cursor.ts';
import { GoSyntaxError, invalidCharacter } from './go-error.ts';
import type { GoJson, JsonMember, JsonNode, Span } from './node.ts';
import { readLiteral, readNumber, readString, skipSpace } from './tokens.ts';

/** Go refuses deeper nesting: `invalid character '[' exceeded max depth`. */
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
 * Parses a text as Go's encoding/json does: no comments, trailing commas, trailing text or byte-order mark;
 * duplicate members stay in the tree. Linear in the text, without recursion. Never throws.
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

/** A finished value, or null when a container was opened and its first value comes next. */
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

/** Puts a value into its container; the container itself when that ends here, null when more is to come. */
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
