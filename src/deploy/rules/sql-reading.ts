import { isSqlKeyword } from '../../model/sql-keywords.ts';
import { type SqlToken, sqlTokens } from './sql-tokens.ts';

/** The names in a rule's SQL. */
export interface SqlReading {
  /** All called functions as written: eKuiper compares the names of a plugin's functions case-sensitively. */
  readonly functions: ReadonlySet<string>;
  /** Streams and tables of FROM and JOIN. */
  readonly streams: ReadonlySet<string>;
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
