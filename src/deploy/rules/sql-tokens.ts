/**
 * A token of eKuiper SQL. `word`: bare, so perhaps a keyword; `name`: in backticks, never a keyword; `text`: a string
 * in either kind of quotes; `mark`: any other character.
 */
export interface SqlToken {
  readonly kind: 'word' | 'name' | 'text' | 'mark';
  readonly text: string;
}

const BLANK = /[ \t\r\n]*/y;
const WORD = /[A-Za-z][A-Za-z0-9_]*/y;

/**
 * Splits SQL as eKuiper's scanner does (xsql/lexical.go, the same from 1.14 to 2.4); blanks and comments are left out.
 * Accepts invalid text: an open string or comment ends with the text. Linear in its length.
 */
export function* sqlTokens(sql: string): Generator<SqlToken> {
  let at = 0;
  while (at < sql.length) {
    const start = past(BLANK, sql, at);
    const mark = sql.charAt(start);
    const comment = commentEnd(sql, start, mark);
    if (comment !== null) {
      at = comment;
    } else if (mark === '"' || mark === "'") {
      at = textEnd(sql, start + 1, mark);
      yield { kind: 'text', text: unquoted(sql.slice(start + 1, at), mark) };
    } else if (mark === '`') {
      at = endOf(sql, '`', start + 1);
      yield { kind: 'name', text: unquoted(sql.slice(start + 1, at), mark) };
    } else {
      const end = past(WORD, sql, start);
      at = Math.max(end, start + 1);
      if (mark !== '') yield { kind: end > start ? 'word' : 'mark', text: sql.slice(start, at) };
    }
  }
}

/** The end of a match that starts at a position; the position itself when there is no match. */
function past(pattern: RegExp, sql: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(sql) ? pattern.lastIndex : at;
}

/** eKuiper allows blanks between the two characters that start a comment. */
function commentEnd(sql: string, start: number, mark: string): number | null {
  if (mark !== '-' && mark !== '/') return null;
  const next = past(BLANK, sql, start + 1);
  if (mark === '-') return sql[next] === '-' ? endOf(sql, '\n', next + 1) : null;
  return sql[next] === '*' ? endOf(sql, '*/', next + 1) : null;
}

function endOf(sql: string, mark: string, from: number): number {
  const found = sql.indexOf(mark, from);
  return found < 0 ? sql.length : found + mark.length;
}

function textEnd(sql: string, from: number, quote: string): number {
  let at = from;
  while (at < sql.length && sql[at] !== quote) at += sql[at] === '\\' ? 2 : 1;
  return Math.min(at + 1, sql.length);
}

function unquoted(text: string, quote: string): string {
  return text.endsWith(quote) ? text.slice(0, -1) : text;
}
