/** The languages of plugins whose sources are parsed. */
export type Language = 'go' | 'python' | 'typescript';

/** A lexical form of a language. Its sticky pattern matches the whole form, or only its beginning. */
export interface Form {
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
export const GRAMMARS: Readonly<Record<Language, readonly Form[]>> = {
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
export const BEFORE_VALUES: ReadonlySet<string> = new Set(
  'await case delete do else extends in instanceof new of return throw typeof void yield'.split(
    ' ',
  ),
);
