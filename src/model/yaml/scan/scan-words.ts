import { type Cursor, END, isBlank, isBreakOrEnd, isDigit, isSpaceOrEnd } from './cursor.ts';
import { takeTagHandle, takeTagUri } from './scan-tag.ts';
import { bareToken, type Token } from './token.ts';

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
