import { type Cursor, isBlank, isBreak } from './cursor.ts';

const HASH = 35;
const TAB = 9;
const SPACE = 32;

/** libyaml's Go form looks this far for the next comment; beyond it white space is judged by the stricter rules. */
const COMMENT_REACH = 512;

/**
 * Moves to the next token. Tabs are white space only where no key may begin, or within brackets.
 * True when a line end was passed: then a key may begin in block context.
 */
export function skipToToken(cursor: Cursor, mayBeTabs: () => boolean, onBreak: () => void): void {
  for (;;) {
    cursor.need(1);
    cursor.skipMark();
    cursor.need(1);
    while (cursor.code() === SPACE || (cursor.code() === TAB && mayBeTabs())) {
      cursor.skip();
      cursor.need(1);
    }
    if (cursor.code() === HASH) skipComments(cursor);
    if (!isBreak(cursor.code())) return;
    cursor.takeBreak();
    onBreak();
  }
}

/** A comment behind a token: tabs before it are allowed everywhere. */
export function skipLineComment(cursor: Cursor): void {
  if (cursor.newlines > 0) return;
  for (let blanks = 0; blanks < COMMENT_REACH; blanks += 1) {
    cursor.need(blanks + 1);
    if (isBlank(cursor.code(blanks))) continue;
    if (cursor.code(blanks) === HASH) {
      cursor.skip(blanks);
      cursor.skipLine();
    }
    return;
  }
}

/** Comment lines that follow each other, with whatever blanks and empty lines lie between them. */
function skipComments(cursor: Cursor): void {
  cursor.skipLine();
  for (;;) {
    const next = nextComment(cursor);
    if (next === null) return;
    const target = cursor.at + next;
    while (cursor.at < target) {
      if (isBreak(cursor.code())) cursor.takeBreak();
      else cursor.skip();
    }
    cursor.skipLine();
  }
}

/** How far away the next comment is when only white space lies between; null when something else comes. */
function nextComment(cursor: Cursor): number | null {
  // Line ends of more than one byte stop the search, as they do in Go, one character later.
  let isOver = !isPlainBreak(cursor.code());
  for (let ahead = 1; ahead < COMMENT_REACH; ahead += 1) {
    cursor.need(ahead + 1);
    if (isOver) return null;
    const code = cursor.code(ahead);
    if (code === HASH) return ahead;
    if (isBlank(code) || isPlainBreak(code)) continue;
    if (!isBreak(code)) return null;
    isOver = true;
  }
  return null;
}

function isPlainBreak(code: number): boolean {
  return code === 10 || code === 13;
}
