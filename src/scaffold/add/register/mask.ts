const kind = (opens: string, closes: string, more: Partial<Kind> = {}): Kind => {
  return { opens, closes, isComment: false, escapes: true, oneLine: false, ...more };
};

const QUOTED = ['"', "'"].map((quote) => kind(quote, quote, { oneLine: true }));

const C_COMMENTS = [
  kind('//', '\n', { isComment: true, escapes: false, oneLine: true }),
  kind('/*', '*/', { isComment: true, escapes: false }),
];

/** Those that begin alike stand with the longest first. */
const KINDS: Readonly<Record<MaskedLanguage, readonly Kind[]>> = {
  python: [
    kind('#', '\n', { isComment: true, escapes: false, oneLine: true }),
    ...['"""', "'''"].map((quotes) => kind(quotes, quotes)),
    ...QUOTED,
  ],
  // A division or a regular expression in between may be taken for a string's end; no registration has one.
  typescript: [...C_COMMENTS, kind('`', '`'), ...QUOTED],
  go: [...C_COMMENTS, kind('`', '`', { escapes: false }), ...QUOTED],
};

/** So many quotation marks without a partner are no program: the rest of such a line is looked at no further. */
const MOST_UNCLOSED = 16;

/**
 * The text with comments blanked out and strings made of underscores, offsets unchanged: brackets and names that
 * are left are code. Linear.
 */
export function maskText(text: string, language: MaskedLanguage): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end, isComment } of noCode(text, language)) {
    const masked = text.slice(start, end).replace(/[^\r\n]/g, isComment ? ' ' : '_');
    pieces.push(text.slice(from, start), masked);
    from = end;
  }
  return pieces.join('') + text.slice(from);
}

const PAIRS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** The offset of the bracket that closes the one at `open`; null when the brackets do not match up. */
export function closingBracket(mask: string, open: number): number | null {
  const expected: string[] = [];
  for (let at = open; at < mask.length; at += 1) {
    const char = mask.charAt(at);
    const closer = PAIRS[char];
    if (closer !== undefined) expected.push(closer);
    else if (char === ')' || char === ']' || char === '}') {
      if (expected.pop() !== char) return null;
      if (expected.length === 0) return at;
    }
  }
  return null;
}

/** Where something stands in a text; `end` exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** What stands between the commas of a bracket, without the space around it; an empty last item is left out. */
export function itemsBetween(mask: string, open: number, close: number): readonly Range[] {
  const items: Range[] = [];
  let start = open + 1;
  for (let at = start; at <= close; at += 1) {
    const char = mask.charAt(at);
    if (PAIRS[char] !== undefined) at = closingBracket(mask, at) ?? close;
    else if (char === ',' || at === close) {
      const text = mask.slice(start, at);
      const from = start + text.length - text.trimStart().length;
      const to = start + text.trimEnd().length;
      if (to > from) items.push({ start: from, end: to });
      start = at + 1;
    }
  }
  return items;
}

/** The white space that begins the line of an offset. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
}

/** Whether nothing but white space stands between the beginning of the line and the offset. */
export function beginsLine(text: string, offset: number): boolean {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim() === '';
}

/** A text to put in at an offset. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** Puts all insertions into a text, in its own line ends. */
export function insertAll(text: string, insertions: readonly Insertion[]): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return [...insertions]
    .sort((a, b) => b.at - a.at)
    .reduce(
      (result, { at, text: piece }) =>
        result.slice(0, at) + piece.replaceAll('\n', newline) + result.slice(at),
      text,
    );
}

/** The languages of main programs that `add` writes into. */
type MaskedLanguage = 'python' | 'typescript' | 'go';

/** A comment or a string of a program; `end` exclusive. */
interface NoCode {
  readonly start: number;
  readonly end: number;
  readonly isComment: boolean;
}

/** How a comment or string goes on behind its first characters. */
interface Kind {
  readonly opens: string;
  readonly closes: string;
  readonly isComment: boolean;
  /** Whether a backslash takes the next character with it. */
  readonly escapes: boolean;
  /** Ends with its line at the latest: a comment is closed there, a string is none. */
  readonly oneLine: boolean;
}

/** The comments and strings of a program, in order. What is never closed counts as code. Linear. */
function* noCode(text: string, language: MaskedLanguage): Generator<NoCode> {
  const neverCloses = new Set<Kind>();
  let unclosed = 0;
  let line = -1;
  for (let at = nextMark(text, 0); at < text.length; ) {
    if (at >= line) {
      line = lineEnd(text, at);
      unclosed = 0;
    }
    const kinds = KINDS[language].filter(
      (one) => !neverCloses.has(one) && text.startsWith(one.opens, at),
    );
    const found = firstClosed(text, { at, line }, kinds, neverCloses);
    if (found !== null) yield found;
    if (found === null && kinds.length > 0) unclosed += 1;
    at = nextMark(text, found?.end ?? (unclosed < MOST_UNCLOSED ? at + 1 : line));
  }
}

/** Where something begins, and where its line ends: that is looked for once for all on a line. */
interface Place {
  readonly at: number;
  readonly line: number;
}

function firstClosed(
  text: string,
  place: Place,
  kinds: readonly Kind[],
  neverCloses: Set<Kind>,
): NoCode | null {
  for (const one of kinds) {
    const end = endOf(text, place, one);
    if (end !== null) return { start: place.at, end, isComment: one.isComment };
    // It was looked for up to the end of the text: that is not done twice.
    if (!one.oneLine) neverCloses.add(one);
  }
  return null;
}

function endOf(text: string, { at, line }: Place, { opens, closes, ...one }: Kind): number | null {
  const from = at + opens.length;
  const limit = one.oneLine ? line : text.length;
  if (one.isComment && one.oneLine) return limit;
  if (!one.escapes) {
    const close = text.indexOf(closes, from);
    return close < 0 ? null : close + closes.length;
  }
  for (let end = from; end < limit; end += 1) {
    if (text[end] === '\\') end += 1;
    else if (text.startsWith(closes, end)) return end + closes.length;
  }
  return null;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** Where a comment or string may begin. */
function nextMark(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"' || char === "'" || char === '`' || char === '#' || char === '/') return at;
  }
  return text.length;
}
