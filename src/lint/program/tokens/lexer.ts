import type { Span } from '../../../model/json/node.ts';

/** The languages of plugins whose sources are parsed. */
export type Language = 'go' | 'python' | 'typescript';

/** A lexical piece of a source. */
export interface Piece extends Span {
  /** `open`: never closed, up to the limit of the search. */
  readonly type: Form['type'] | 'open';
  /** The code parts of a string, without their delimiters. */
  readonly holes: readonly Span[];
}

/** A lexical form of a language. Its sticky pattern matches the whole form, or only its beginning. */
interface Form {
  /**
   * `literal`: a character literal of Go, a regular expression of TypeScript. `newline`: a line end that may end a
   * statement.
   */
  readonly type:
    | 'space'
    | 'comment'
    | 'newline'
    | 'name'
    | 'string'
    | 'literal'
    | 'number'
    | 'mark';
  readonly starts: RegExp;
  /**
   * The closing delimiter; left out when it is the pattern's first group, or when the pattern matches the whole form.
   */
  readonly closes?: string;
  /** Whether a backslash escapes the next character. */
  readonly escapes?: boolean;
  /** The opening delimiter of code in a string, which ends with `}`. */
  readonly hole?: '{' | '${';
  /** A regular expression, on one line and not after a value: after a value a slash divides. */
  readonly isExpression?: boolean;
}

const NAME: Form = { type: 'name', starts: /[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/y };
const NUMBER: Form = { type: 'number', starts: /\d[\w.]*/y };

const PLAIN: readonly Form[] = [
  { type: 'space', starts: /\s+/y },
  { type: 'comment', starts: /\/\/[^\n]*/y },
  { type: 'comment', starts: /\/\*/y, closes: '*/' },
  NAME,
  NUMBER,
];

const PLAIN_MARK: Form = {
  type: 'mark',
  starts: /\.\.\.|:=|=>|\+\+|--|[=!<>+\-*/%&|^]=+|[\s\S]/y,
};

/** The forms that are tried at each position of a source, in order; the last one matches any character. */
const GRAMMARS: Readonly<Record<Language, readonly Form[]>> = {
  go: [
    ...PLAIN,
    { type: 'string', starts: /(")/y, escapes: true },
    { type: 'string', starts: /(`)/y },
    { type: 'literal', starts: /(')/y, escapes: true },
    PLAIN_MARK,
  ],
  python: [
    { type: 'space', starts: /(?:[ \t\f\r\ufeff]|\\\r?\n)+/y },
    { type: 'newline', starts: /\n/y },
    { type: 'comment', starts: /#[^\n]*/y },
    { type: 'string', starts: /(?:[ft]r?|r[ft])("""|'''|["'])/iy, escapes: true, hole: '{' },
    // In raw strings too a quote after a backslash does not close the string.
    { type: 'string', starts: /(?:br?|rb?|u)?("""|'''|["'])/iy, escapes: true },
    NAME,
    NUMBER,
    { type: 'mark', starts: /\*\*=?|\/\/=?|->|:=|[=!<>+\-*/%&|^@]=|[\s\S]/y },
  ],
  typescript: [
    { type: 'comment', starts: /^#![^\n]*/y },
    ...PLAIN,
    { type: 'string', starts: /(["'])/y, escapes: true },
    { type: 'string', starts: /(`)/y, escapes: true, hole: '${' },
    { type: 'literal', starts: /(\/)/y, escapes: true, isExpression: true },
    PLAIN_MARK,
  ],
};

/** Keywords that do not end a value: a slash after them begins a regular expression. */
const BEFORE_VALUES: ReadonlySet<string> = new Set(
  'await case delete do else extends in instanceof new of return throw typeof void yield'.split(
    ' ',
  ),
);

/**
 * Splits a source into consecutive pieces that cover all of it. A string in single quotation marks ends at the end of
 * its line at the latest; a form that is never closed is `open`. Linear: text that was searched becomes part of a
 * piece, closed or not. Never throws.
 */
export function* piecesOf(source: string, language: Language): Generator<Piece> {
  const lexer = new Lexer(source, GRAMMARS[language]);
  while (lexer.at < source.length) yield lexer.next(0);
}

/** Maximum nesting of strings with code; deeper ones count as never closed. */
const MOST_DEPTH = 32;

const NO_HOLES: Span[] = [];

class Lexer {
  at = 0;
  readonly #source: string;
  readonly #forms: readonly Form[];
  /** Whether the last token ends a value. */
  #isBehindValue = false;
  /** Up to this offset slashes divide: an earlier one began no regular expression that closes on its line. */
  #divides = 0;

  constructor(source: string, forms: readonly Form[]) {
    this.#source = source;
    this.#forms = forms;
  }

  /** The piece at `at`, which moves to its end. `depth`: the number of strings around it. */
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

  /** Null when a slash does not begin a regular expression. */
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
    // `value!`, `value++` and `!value` do not change whether a value ended.
    if (type === 'mark' && /^(?:!|\+\+|--)$/.test(text)) return;
    this.#isBehindValue =
      type === 'mark' ? text === ')' || text === ']' : type !== 'name' || !BEFORE_VALUES.has(text);
  }

  /** Moves after the closing delimiter of a form; false when there is none. */
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

  /** Moves from a backslash to the end of the escape. */
  #escape(): void {
    const length = this.#source.startsWith('\r\n', this.at + 1) ? 3 : 2;
    this.at = Math.min(this.at + length, this.#source.length);
  }

  /** Moves from the opening delimiter of code to after its closing one; false when there is none. */
  #hole(form: Form, holes: Span[], depth: number): boolean {
    if (depth > MOST_DEPTH) return false;
    this.at += form.hole?.length ?? 0;
    const start = this.at;
    this.#isBehindValue = false;
    for (let brackets = 0; this.at < this.#source.length; ) {
      const char = this.#source[this.at];
      // The format specification of an f-string is text again.
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

/** The change of the bracket depth: +1 for an opening bracket, -1 for a closing one. */
export function nesting(mark: string): number {
  if (mark === '(' || mark === '[' || mark === '{') return 1;
  return mark === ')' || mark === ']' || mark === '}' ? -1 : 0;
}
