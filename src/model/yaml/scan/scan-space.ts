import { type Cursor, isBlank, isBreak } from './cursor.ts';

const HASH = 35;
const TAB = 9;
const SPACE = 32;

/** The limit up to which yaml.v3 looks for the next comment; white space beyond it follows the stricter rules. */
const COMMENT_REACH = 512;

/**
 * Skips to the next token. Tabs are white space only where no key may start, or inside brackets. Calls `onBreak` at
 * each line end, after which a key may start in block context.
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

/** Skips a comment after a token: tabs before it are always allowed. */
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

/** Skips consecutive comment lines, with blanks and empty lines between them. */
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

/** Distance to the next comment if only white space precedes it; null otherwise. */
function nextComment(cursor: Cursor): number | null {
  // As in Go, line ends of more than one byte stop the search one character later.
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
