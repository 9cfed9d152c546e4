import { type Cursor, isBlank, isBreak, isSpaceOrEnd } from './cursor.ts';
import { bareToken, isFlowIndicator, type Token, type YamlSyntax } from './token.ts';

/** The white space between two parts of a flow scalar: blanks as written, or line ends folded into a space. */
export class Folding {
  hasBreak = false;
  #blanks = '';
  #first = '';
  #more = '';

  get isEmpty(): boolean {
    return !this.hasBreak && this.#blanks === '';
  }

  /** Adds a blank; ignored after the first line end. */
  takeBlank(cursor: Cursor): void {
    const start = cursor.at;
    cursor.skip();
    if (!this.hasBreak) this.#blanks += cursor.slice(start);
  }

  takeBreak(cursor: Cursor): void {
    if (this.hasBreak) this.#more += cursor.takeBreak();
    else this.#first = cursor.takeBreak();
    this.hasBreak = true;
  }

  /** Adds an escaped line end, which is removed; the empty lines after it are kept. */
  takeEscapedBreak(cursor: Cursor): void {
    cursor.takeBreak();
    this.hasBreak = true;
  }

  /** Returns the white space between the two parts and resets it. */
  join(): string {
    const joined = this.hasBreak ? this.#folded() : this.#blanks;
    this.hasBreak = false;
    this.#blanks = '';
    this.#first = '';
    this.#more = '';
    return joined;
  }

  #folded(): string {
    if (this.#first !== '\n') return this.#first + this.#more;
    return this.#more === '' ? ' ' : this.#more;
  }
}

const COLON = 58;
const DOT = 46;
const HASH = 35;
const MINUS = 45;
const QUESTION = 63;
const TAB = 9;

interface PlainScalar {
  readonly token: Token;
  /** Whether it ended after a line end: then a key may start. */
  readonly hasBreak: boolean;
}

/** Scans a scalar without quotes; in block context its further lines must be indented to `indent`. */
export function scanPlain(
  cursor: Cursor,
  indent: number,
  inFlow: boolean,
  syntax: YamlSyntax,
): PlainScalar {
  const start = cursor.at;
  const parts: string[] = [];
  const space = new Folding();
  let end = start;
  for (;;) {
    cursor.need(4);
    if (cursor.isIndicator(MINUS) || cursor.isIndicator(DOT) || cursor.code() === HASH) break;
    const from = cursor.at;
    while (!isSpaceOrEnd(cursor.code()) && !endsHere(cursor, inFlow, syntax)) {
      cursor.skip();
      cursor.need(2);
    }
    if (cursor.at > from) {
      parts.push(space.join(), cursor.slice(from));
      end = cursor.at;
    }
    if (!isBlank(cursor.code()) && !isBreak(cursor.code())) break;
    takeSpace(cursor, space, indent, syntax);
    if (!inFlow && cursor.column < indent) break;
  }
  const token = { ...bareToken('scalar', start, end), value: parts.join(''), isPlain: true };
  return { token, hasBreak: space.hasBreak };
}

function endsHere(cursor: Cursor, inFlow: boolean, syntax: YamlSyntax): boolean {
  const code = cursor.code();
  if (code === COLON && isSpaceOrEnd(cursor.code(1))) return true;
  if (!inFlow) return false;
  if (isFlowIndicator(code)) return true;
  if (syntax === 'yaml.v3') return code === QUESTION;
  return code === COLON && isFlowIndicator(cursor.code(1));
}

function takeSpace(cursor: Cursor, space: Folding, indent: number, syntax: YamlSyntax): void {
  for (;;) {
    if (isBlank(cursor.code())) {
      const isIndentation = space.hasBreak && cursor.column < indent && cursor.code() === TAB;
      if (isIndentation && (syntax === 'yaml.v3' || !cursor.isRestBlank())) {
        throw cursor.error('found a tab character that violates indentation');
      }
      space.takeBlank(cursor);
    } else if (isBreak(cursor.code())) space.takeBreak(cursor);
    else return;
    cursor.need(1);
  }
}
