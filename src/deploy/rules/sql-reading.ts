import { isSqlKeyword } from '../../model/names.ts';

const BLANK = /[ \t\r\n]*/y;

const WORD = /[A-Za-z][A-Za-z0-9_]*/y;

/** The names in a rule's SQL. */
interface SqlReading {
  /** All called functions as written: eKuiper compares the names of a plugin's functions case-sensitively. */
  readonly functions: ReadonlySet<string>;
  /** Streams and tables of FROM and JOIN. */
  readonly streams: ReadonlySet<string>;
}

/**
 * A token of eKuiper SQL. `word`: bare, so perhaps a keyword; `name`: in backticks, never a keyword; `text`: a string
 * in either kind of quotes; `mark`: any other character.
 */
interface SqlToken {
  readonly kind: 'word' | 'name' | 'text' | 'mark';
  readonly text: string;
}

/** Parses a SELECT, or one expression of a graph. Never throws; returns what it can read of invalid text. */
export function readSql(sql: string): SqlReading {
  const functions = new Set<string>();
  const streams = new Set<string>();
  let stream: string | null = null;
  let before: SqlToken | null = null;
  for (const token of sqlTokens(sql)) {
    if (isMark(token, '(') && before !== null && isName(before)) functions.add(before.text);
    if (stream !== null && isPartOfStream(token)) stream += token.text;
    else {
      if (stream) streams.add(stream);
      stream = isWord(token, 'FROM') || isWord(token, 'JOIN') ? '' : null;
    }
    before = token;
  }
  if (stream) streams.add(stream);
  return { functions, streams };
}

/** The source type of a CREATE STREAM or CREATE TABLE; null when the statement has none. */
export function sourceTypeOf(statement: string): string | null {
  let type: string | null = null;
  let [first, second]: (SqlToken | null)[] = [null, null];
  for (const token of sqlTokens(statement)) {
    const isType = first && second && isWord(first, 'TYPE') && isMark(second, '=');
    if (isType && token.kind === 'text') type = token.text;
    [first, second] = [second, token];
  }
  return type;
}

/** A stream may be written like an MQTT topic: `a/+/#`. Source: Parser.parseSourceLiteral. */
function isPartOfStream(token: SqlToken): boolean {
  return token.kind === 'mark' ? /[/#+]/.test(token.text) : isName(token);
}

/** Keywords are no names; the keyword that 2.2 added is never followed by a bracket. */
function isName({ kind, text }: SqlToken): boolean {
  return kind === 'name' || (kind === 'word' && !isSqlKeyword(text, '1.14'));
}

function isWord({ kind, text }: SqlToken, word: string): boolean {
  return kind === 'word' && text.toUpperCase() === word;
}

function isMark({ kind, text }: SqlToken, mark: string): boolean {
  return kind === 'mark' && text === mark;
}

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
