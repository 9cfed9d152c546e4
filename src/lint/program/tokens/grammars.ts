/** The languages of plugins whose sources are read. */
export type Language = 'go' | 'python' | 'typescript';

/** One form of what a source is made of. A sticky pattern finds all of it, or how it begins. */
export interface Form {
  /** `literal`: a character of Go, a regular expression of TypeScript. `newline`: one that may end a statement. */
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
  /** What closes it; left out where the pattern's first group does, or where the pattern finds all of it. */
  readonly closes?: string;
  /** Whether a backslash takes the next character with it. */
  readonly escapes?: boolean;
  /** What opens a part of a string that is code, up to a `}`. */
  readonly hole?: '{' | '${';
  /** A regular expression, on one line and not behind a value: elsewhere a slash divides. */
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

/** What is tried at each place of a source, in order; the last one is any character. */
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
    // In raw strings too a backslash keeps the quote behind it from closing them.
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

/** Words that no value ends with: a slash behind them begins a regular expression. */
export const BEFORE_VALUES: ReadonlySet<string> = new Set(
  'await case delete do else extends in instanceof new of return throw typeof void yield'.split(
    ' ',
  ),
);
