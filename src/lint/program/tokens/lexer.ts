import type { Span } from '../../../model/json/node.ts';
import { BEFORE_VALUES, type Form, GRAMMARS, type Language } from './grammars.ts';

/** A piece of a source. */
export interface Piece extends Span {
  /** `open`: what is never closed, as far as it was looked at. */
  readonly type: Form['type'] | 'open';
  /** The parts of a string that are code, without what opens and closes them. */
  readonly holes: readonly Span[];
}

/**
 * Splits a source into pieces that cover it in order. A string in one quotation mark ends with its line at the latest,
 * what is closed nowhere is `open`. Linear: what was looked at belongs to a piece, closed or not. Never throws.
 */
export function* piecesOf(source: string, language: Language): Generator<Piece> {
  const lexer = new Lexer(source, GRAMMARS[language]);
  while (lexer.at < source.length) yield lexer.next(0);
}

/** So deep strings with code lie in each other; what is deeper counts as never closed. */
const MOST_DEPTH = 32;
const NO_HOLES: Span[] = [];

class Lexer {
  at = 0;
  readonly #source: string;
  readonly #forms: readonly Form[];
  /** Whether the last token ends a value. */
  #isBehindValue = false;
  /** Up to here slashes divide: one in front began no regular expression that its line closes. */
  #divides = 0;

  constructor(source: string, forms: readonly Form[]) {
    this.#source = source;
    this.#forms = forms;
  }

  /** The piece at `at`, which moves behind it. `depth`: of how many strings it is a part. */
  next(depth: number): Piece {
    const start = this.at;
    for (const form of this.#forms) {
      if (form.isExpression && (this.#isBehindValue || start < this.#divides)) continue;
      const { starts } = form;
      starts.lastIndex = start;
      const found = starts.exec(this.#source);
      const piece = found && this.#piece(form, found, depth);
      if (piece) return piece;
    }
    throw new Error('a grammar without a last form that is any character');
  }

  /** Null where a slash begins no regular expression. */
  #piece(form: Form, [whole, group]: RegExpExecArray, depth: number): Piece | null {
    const start = this.at;
    this.at += whole.length;
    const closes = form.closes ?? group;
    const holes = form.hole ? [] : NO_HOLES;
    const isClosed = closes === undefined || this.#close(form, closes, holes, depth);
    if (form.isExpression && !isClosed) {
      this.#divides = this.at;
      this.at = start;
      return null;
    }
    const type = isClosed ? form.type : 'open';
    this.#remember(type, whole);
    return { type, start, end: this.at, holes };
  }

  #remember(type: Piece['type'], text: string): void {
    if (type === 'space' || type === 'comment') return;
    // `value!`, `value++` and `!value`: they change nothing.
    if (type === 'mark' && /^(?:!|\+\+|--)$/.test(text)) return;
    this.#isBehindValue =
      type === 'mark' ? text === ')' || text === ']' : type !== 'name' || !BEFORE_VALUES.has(text);
  }

  /** Goes behind what closes a form; false where nothing does. */
  #close(form: Form, closes: string, holes: Span[], depth: number): boolean {
    const source = this.#source;
    const isLine = form.isExpression || closes === '"' || closes === "'";
    let isClass = false;
    while (this.at < source.length) {
      const char = source[this.at];
      if (char === '\n' && isLine) return false;
      if (!isClass && source.startsWith(closes, this.at)) {
        this.at += closes.length;
        if (form.isExpression) while (/[a-z]/.test(source[this.at] ?? '')) this.at += 1;
        return true;
      }
      if (form.isExpression && (char === '[' || char === ']')) isClass = char === '[';
      if (char === '\\' && form.escapes) this.#escape();
      else if (!form.hole || !source.startsWith(form.hole, this.at)) this.at += 1;
      else if (source.startsWith('{{', this.at)) this.at += 2;
      else if (!this.#hole(form, holes, depth + 1)) return false;
    }
    return false;
  }

  /** From a backslash behind what it takes with it. */
  #escape(): void {
    const length = this.#source.startsWith('\r\n', this.at + 1) ? 3 : 2;
    this.at = Math.min(this.at + length, this.#source.length);
  }

  /** From what opens a hole behind what closes it; false where nothing does. */
  #hole(form: Form, holes: Span[], depth: number): boolean {
    if (depth > MOST_DEPTH) return false;
    this.at += form.hole?.length ?? 0;
    const start = this.at;
    this.#isBehindValue = false;
    for (let brackets = 0; this.at < this.#source.length; ) {
      const char = this.#source[this.at];
      // The format of an f-string is text again.
      const isFormat = char === ':' && form.hole === '{';
      if (brackets === 0 && (char === '}' || isFormat)) {
        if (!this.#close(form, '}', [], depth)) return false;
        holes.push({ start, end: this.at - 1 });
        return true;
      }
      const { type } = this.next(depth);
      if (type === 'open') return false;
      if (type === 'mark') brackets += nesting(char ?? '');
    }
    return false;
  }
}

/** How brackets nest: +1 for one that opens, -1 for one that closes. */
export function nesting(mark: string): number {
  if (mark === '(' || mark === '[' || mark === '{') return 1;
  return mark === ')' || mark === ']' || mark === '}' ? -1 : 0;
}
