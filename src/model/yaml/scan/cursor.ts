import type { Span } from '../../json/node.ts';
import { YamlError, type YamlInput } from './input.ts';

/** The code at the end of the text; it cannot occur inside, because YAML forbids it. */
export const END = 0;

const HASH = 35;
const NEL = 0x85;
const LINE_SEPARATOR = 0x2028;
const PARAGRAPH_SEPARATOR = 0x2029;

export function isBreak(code: number): boolean {
  return (
    code === 10 ||
    code === 13 ||
    code === NEL ||
    code === LINE_SEPARATOR ||
    code === PARAGRAPH_SEPARATOR
  );
}

export function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

export function isBreakOrEnd(code: number): boolean {
  return code === END || isBreak(code);
}

export function isSpaceOrEnd(code: number): boolean {
  return isBlank(code) || isBreakOrEnd(code);
}

/** A letter, digit, `_` or `-`: the characters of anchor names, tag handles and directives. */
export function isWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45
  );
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** A position in the text. `column` and `index` count characters, as YAML's limits do; `at` is a UTF-16 offset. */
export interface Mark {
  readonly at: number;
  readonly index: number;
  readonly line: number;
  readonly column: number;
}

/**
 * The scanner's position, counted as libyaml counts, and how much of the text yaml.v3 has read so far: it reads in
 * pieces, whenever a rule needs more characters than it has. Each rule calls {@link need} where Go's does.
 */
export class Cursor {
  at = 0;
  line = 0;
  /** Number of line ends between here and the last non-blank character. */
  newlines = 0;
  readonly #input: YamlInput;
  readonly #text: string;
  readonly #before: Uint32Array | null;
  #lineStart = 0;
  /** Up to this index there are only blanks, then at most a comment. */
  #blankUntil = 0;
  #isAtEnd = false;
  /** Pieces read so far, and the number of characters in them; after the last piece each request adds one, as in Go. */
  #pieces = 0;
  #loaded = 0;
  /** The start of Go's buffer: it moves with each piece. */
  #base = 0;

  constructor(input: YamlInput) {
    this.#input = input;
    this.#text = `${input.text.slice(0, input.end)}\0\0\0\0`;
    this.#before = pairsBefore(this.#text);
  }

  /**
   * Requests `count` characters from here on, as Go's rule does at this point; at the end of the text there may be
   * fewer. Throws YamlError when the text read for it is invalid.
   */
  need(count: number): void {
    const { pieces, fault } = this.#input;
    if (pieces === null || this.#loaded - this.index >= count) return;
    this.#base = this.at;
    while (this.#loaded - this.index < count) {
      const end = pieces[this.#pieces];
      if (end === undefined && fault) throw fault;
      this.#loaded = end === undefined ? this.#loaded + 1 : this.#indexOf(end);
      if (end === undefined) return;
      this.#pieces += 1;
    }
  }

  /** Go looks for a byte-order mark at the start of its buffer instead of here, and drops the current character. */
  skipMark(): void {
    if (this.column === 0 && this.#text[this.#base] === '\ufeff' && this.code() !== END)
      this.skip();
  }

  /** The code unit at `offset` from here; {@link END} at the end of the text. */
  code(offset = 0): number {
    return this.#text.charCodeAt(this.at + offset);
  }

  /** Number of characters before this position. */
  get index(): number {
    return this.#indexOf(this.at);
  }

  get column(): number {
    return this.#isAtEnd ? 0 : this.index - this.#indexOf(this.#lineStart);
  }

  get mark(): Mark {
    const { at, index, line, column } = this;
    return { at, index, line, column };
  }

  /** Whether `char` follows three times (`---`, `...`) at column 0, before a blank or line end. */
  isIndicator(char: number): boolean {
    return (
      this.code() === char &&
      this.code(1) === char &&
      this.code(2) === char &&
      this.column === 0 &&
      isSpaceOrEnd(this.code(3))
    );
  }

  slice(start: number): string {
    return this.#text.slice(start, this.at);
  }

  /** Skips characters that are not line ends. */
  skip(count = 1): void {
    for (let left = count; left > 0; left -= 1) {
      const code = this.code();
      if (!isBlank(code)) this.newlines = 0;
      this.at += code >= 0xd800 && code <= 0xdbff ? 2 : 1;
    }
  }

  /** Whether only blanks and a comment follow on this line. Examines each blank once. */
  isRestBlank(): boolean {
    if (this.at < this.#blankUntil) return true;
    let ahead = 0;
    while (isBlank(this.code(ahead))) ahead += 1;
    const isRest = isBreakOrEnd(this.code(ahead)) || this.code(ahead) === HASH;
    if (isRest) this.#blankUntil = this.at + ahead;
    return isRest;
  }

  skipBlanks(): void {
    this.need(1);
    while (isBlank(this.code())) {
      this.at += 1;
      this.need(1);
    }
  }

  /** Skips letters, digits, `_` and `-`, and returns them. */
  takeWord(): string {
    const start = this.at;
    this.need(1);
    while (isWord(this.code())) {
      this.skip();
      this.need(1);
    }
    return this.slice(start);
  }

  /** Skips to the end of the line. */
  skipLine(): void {
    this.need(1);
    while (!isBreakOrEnd(this.code())) {
      this.skip();
      this.need(1);
    }
  }

  /** Skips a line end, if there is one; returns its form in a value. */
  takeBreak(): string {
    if (!isBreak(this.code())) return '';
    this.need(2);
    const code = this.code();
    this.at += code === 13 && this.code(1) === 10 ? 2 : 1;
    this.line += 1;
    this.newlines += 1;
    this.#lineStart = this.at;
    return code === LINE_SEPARATOR || code === PARAGRAPH_SEPARATOR
      ? String.fromCharCode(code)
      : '\n';
  }

  /** Ends the text here: from now on only {@link END} follows. */
  finish(): void {
    if (this.column !== 0) this.line += 1;
    this.#isAtEnd = true;
  }

  error(message: string, start = this.at): YamlError {
    return new YamlError(message, this.span(start));
  }

  span(start: number): Span {
    return { start, end: Math.max(this.at, start + 1) };
  }

  #indexOf(at: number): number {
    return this.#before === null ? at : at - (this.#before[at] ?? 0);
  }
}

/** Number of surrogate pairs that end before each offset; null when the text has none. */
function pairsBefore(text: string): Uint32Array | null {
  if (!/[\udc00-\udfff]/.test(text)) return null;
  const before = new Uint32Array(text.length + 1);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    before[at + 1] = (before[at] ?? 0) + (code >= 0xdc00 && code <= 0xdfff ? 1 : 0);
  }
  return before;
}
