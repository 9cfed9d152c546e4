import { type Cursor, END, isBlank, isBreak, isBreakOrEnd, isDigit } from './cursor.ts';
import { bareToken, type Token } from './token.ts';

const HASH = 35;
const SPACE = 32;
const TAB = 9;
const LITERAL = 124;

/** Scans a block scalar, `|` or `>`; `parent` is the column of the block around it, -1 for none. */
export function scanBlock(cursor: Cursor, parent: number): Token {
  const start = cursor.at;
  const isLiteral = cursor.code() === LITERAL;
  cursor.skip();
  const { chomping, increment } = takeHeader(cursor);
  const block = new BlockLines(cursor, parent);
  block.indent = increment > 0 ? Math.max(parent, 0) + increment : 0;
  const value = block.take(isLiteral, chomping);
  return { ...bareToken('scalar', start, block.end), value };
}

interface Header {
  readonly chomping: 'strip' | 'keep' | 'clip';
  /** Columns beyond the block around it; 0: the first line determines them. */
  readonly increment: number;
}

function takeHeader(cursor: Cursor): Header {
  const before = takeChomping(cursor);
  const increment = takeIncrement(cursor);
  const chomping = before ?? (increment > 0 ? takeChomping(cursor) : null) ?? 'clip';
  cursor.skipBlanks();
  if (cursor.code() === HASH) cursor.skipLine();
  if (!isBreakOrEnd(cursor.code())) {
    throw cursor.error('did not find expected comment or line break');
  }
  cursor.takeBreak();
  return { chomping, increment };
}

function takeChomping(cursor: Cursor): 'strip' | 'keep' | null {
  cursor.need(1);
  const code = cursor.code();
  if (code !== 43 && code !== 45) return null;
  cursor.skip();
  return code === 43 ? 'keep' : 'strip';
}

function takeIncrement(cursor: Cursor): number {
  cursor.need(1);
  if (!isDigit(cursor.code())) return 0;
  const increment = cursor.code() - 48;
  if (increment === 0) throw cursor.error('found an indentation indicator equal to 0');
  cursor.skip();
  return increment;
}

class BlockLines {
  indent = 0;
  end: number;
  readonly #cursor: Cursor;
  readonly #parent: number;

  constructor(cursor: Cursor, parent: number) {
    this.#cursor = cursor;
    this.#parent = parent;
    this.end = cursor.at;
  }

  take(isLiteral: boolean, chomping: Header['chomping']): string {
    const cursor = this.#cursor;
    const parts: string[] = [];
    let empty = this.#takeBreaks();
    let lineEnd = '';
    let wasBlank = false;
    cursor.need(1);
    while (cursor.column === this.indent && cursor.code() !== END) {
      const blank = isBlank(cursor.code());
      if (!isLiteral && !wasBlank && !blank && lineEnd === '\n') {
        if (empty === '') parts.push(' ');
      } else parts.push(lineEnd);
      parts.push(empty);
      wasBlank = blank;
      const from = cursor.at;
      cursor.skipLine();
      parts.push(cursor.slice(from));
      lineEnd = cursor.takeBreak();
      empty = this.#takeBreaks();
    }
    if (chomping !== 'strip') parts.push(lineEnd);
    if (chomping === 'keep') parts.push(empty);
    return parts.join('');
  }

  /** Skips indentation and empty lines; the first ones determine the indentation. */
  #takeBreaks(): string {
    const cursor = this.#cursor;
    const isOpen = (): boolean => this.indent === 0 || cursor.column < this.indent;
    let breaks = '';
    let deepest = 0;
    this.end = cursor.at;
    for (;;) {
      cursor.need(1);
      while (isOpen() && cursor.code() === SPACE) {
        cursor.skip();
        cursor.need(1);
      }
      deepest = Math.max(deepest, cursor.column);
      if (isOpen() && cursor.code() === TAB) {
        throw cursor.error('found a tab character where an indentation space is expected');
      }
      if (!isBreak(cursor.code())) break;
      breaks += cursor.takeBreak();
      this.end = cursor.at;
    }
    if (this.indent === 0) this.indent = Math.max(deepest, this.#parent + 1, 1);
    return breaks;
  }
}
