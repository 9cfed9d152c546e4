import { decodeGoUtf8 } from '../../json/bytes.ts';
import {
  type Cursor,
  END,
  isBlank,
  isBreakOrEnd,
  isDigit,
  isSpaceOrEnd,
  isWord,
} from './cursor.ts';
import { bareToken, type Token } from './token.ts';

const BANG = 33;

const PERCENT = 37;

/** The characters of a tag besides letters, digits, `_` and `-`. */
const URI: ReadonlySet<number> = new Set(
  [...";/?:@&=+$,.!~*'()[]%"].map((char) => char.charCodeAt(0)),
);

/** The characters allowed after the name of an anchor or alias, besides white space. */
const AFTER_NAME: ReadonlySet<number> = new Set([...'?:,]}%@`'].map((char) => char.charCodeAt(0)));

/** Scans `&name` or `*name`. */
export function scanAnchor(cursor: Cursor, type: 'anchor' | 'alias'): Token {
  const start = cursor.at;
  cursor.skip();
  const value = cursor.takeWord();
  const next = cursor.code();
  if (value === '' || !(isSpaceOrEnd(next) || AFTER_NAME.has(next))) {
    throw cursor.error('did not find expected alphabetic or numeric character');
  }
  return { ...bareToken(type, start, cursor.at), value };
}

/** Scans `%YAML 1.1` or `%TAG !e! tag:example.com:` with its line end. */
export function scanDirective(cursor: Cursor): Token {
  const start = cursor.at;
  cursor.skip();
  const token = directiveToken(cursor, start);
  cursor.skipBlanks();
  if (cursor.code() === 35) cursor.skipLine();
  if (!isBreakOrEnd(cursor.code())) {
    throw cursor.error('did not find expected comment or line break');
  }
  cursor.takeBreak();
  return token;
}

function directiveToken(cursor: Cursor, start: number): Token {
  const name = cursor.takeWord();
  if (name === '') throw cursor.error('could not find expected directive name');
  if (!isSpaceOrEnd(cursor.code())) {
    throw cursor.error('found unexpected non-alphabetical character');
  }
  if (name === 'YAML') {
    const value = takeVersion(cursor);
    return { ...bareToken('version', start, cursor.at), value };
  }
  if (name !== 'TAG') throw cursor.error('found unknown directive name', start);
  const { handle, prefix } = takeTagDirective(cursor);
  return { ...bareToken('tag-directive', start, cursor.at), value: handle, suffix: prefix };
}

/** Scans a version without leading zeros: `1.1`. */
function takeVersion(cursor: Cursor): string {
  cursor.skipBlanks();
  const major = takeNumber(cursor);
  if (cursor.code() !== 46) throw cursor.error("did not find expected digit or '.' character");
  cursor.skip();
  return `${major}.${takeNumber(cursor)}`;
}

function takeNumber(cursor: Cursor): number {
  const start = cursor.at;
  cursor.need(1);
  while (isDigit(cursor.code())) {
    cursor.skip();
    if (cursor.at - start > 2) throw cursor.error('found extremely long version number', start);
    cursor.need(1);
  }
  const digits = cursor.slice(start);
  if (digits === '') throw cursor.error('did not find expected version number');
  return Number(digits);
}

function takeTagDirective(cursor: Cursor): { readonly handle: string; readonly prefix: string } {
  cursor.skipBlanks();
  const handle = takeTagHandle(cursor, true);
  cursor.need(1);
  if (!isBlank(cursor.code())) throw cursor.error('did not find expected whitespace');
  cursor.skipBlanks();
  const prefix = takeTagUri(cursor, '');
  cursor.need(1);
  if (cursor.code() !== END && !isSpaceOrEnd(cursor.code())) {
    throw cursor.error('did not find expected whitespace or line break');
  }
  return { handle, prefix };
}

/** Scans `!!int`, `!e!thing`, `!thing`, `!` or `!<tag:example.com:thing>`. */
export function scanTag(cursor: Cursor): Token {
  const start = cursor.at;
  cursor.need(2);
  const { handle, suffix } = cursor.code(1) === 60 ? takeVerbatim(cursor) : takeShorthand(cursor);
  cursor.need(1);
  if (!isSpaceOrEnd(cursor.code())) {
    throw cursor.error('did not find expected whitespace or line break');
  }
  return { ...bareToken('tag', start, cursor.at), value: handle, suffix };
}

interface TagParts {
  /** Empty when the suffix is the whole tag. */
  readonly handle: string;
  readonly suffix: string;
}

function takeVerbatim(cursor: Cursor): TagParts {
  cursor.skip(2);
  const suffix = takeTagUri(cursor, '');
  if (cursor.code() !== 62) throw cursor.error("did not find the expected '>'");
  cursor.skip();
  return { handle: '', suffix };
}

function takeShorthand(cursor: Cursor): TagParts {
  const head = takeTagHandle(cursor, false);
  if (head.length > 1 && head.endsWith('!')) {
    return { handle: head, suffix: takeTagUri(cursor, '') };
  }
  const suffix = takeTagUri(cursor, head);
  return suffix === '' ? { handle: '', suffix: '!' } : { handle: '!', suffix };
}

/** Scans `!`, `!!` or `!e!`; in a tag also the start of a tag without handle. */
function takeTagHandle(cursor: Cursor, isDirective: boolean): string {
  const start = cursor.at;
  cursor.need(1);
  if (cursor.code() !== BANG) throw cursor.error("did not find expected '!'");
  cursor.skip();
  cursor.takeWord();
  if (cursor.code() === BANG) cursor.skip();
  else if (isDirective && cursor.slice(start) !== '!') {
    throw cursor.error("did not find expected '!'");
  }
  return cursor.slice(start);
}

/**
 * Scans the rest of a tag and decodes `%41`. `head`: the part that was scanned already, with its `!`; the rest may
 * then be empty.
 */
function takeTagUri(cursor: Cursor, head: string): string {
  const parts: string[] = [head.slice(1)];
  const start = cursor.at;
  cursor.need(1);
  while (isWord(cursor.code()) || URI.has(cursor.code())) {
    if (cursor.code() === PERCENT) parts.push(takeEscapes(cursor));
    else {
      const from = cursor.at;
      cursor.skip();
      parts.push(cursor.slice(from));
    }
    cursor.need(1);
  }
  if (head === '' && cursor.at === start) throw cursor.error('did not find expected tag URI');
  return parts.join('');
}

/** Decodes one character written as `%E4%BD%A0`. */
function takeEscapes(cursor: Cursor): string {
  const bytes: number[] = [];
  let width = 1;
  while (bytes.length < width) {
    cursor.need(3);
    const code = cursor.code();
    const hex = String.fromCharCode(cursor.code(1) || 0, cursor.code(2) || 0);
    if (code !== PERCENT || !/^[0-9a-fA-F]{2}$/.test(hex)) {
      throw cursor.error('did not find URI escaped octet');
    }
    const octet = Number.parseInt(hex, 16);
    if (bytes.length === 0) width = widthOf(octet);
    if (width === 0) throw cursor.error('found an incorrect leading UTF-8 octet');
    if (bytes.length > 0 && (octet & 0xc0) !== 0x80) {
      throw cursor.error('found an incorrect trailing UTF-8 octet');
    }
    bytes.push(octet);
    cursor.skip(3);
  }
  return decodeGoUtf8(Uint8Array.from(bytes));
}

function widthOf(octet: number): number {
  if (octet < 0x80) return 1;
  if ((octet & 0xe0) === 0xc0) return 2;
  if ((octet & 0xf0) === 0xe0) return 3;
  return (octet & 0xf8) === 0xf0 ? 4 : 0;
}
