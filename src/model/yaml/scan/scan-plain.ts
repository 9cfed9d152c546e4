import { type Cursor, isBlank, isBreak, isSpaceOrEnd } from './cursor.ts';
import { Folding } from './folding.ts';
import { isFlowIndicator, type YamlSyntax } from './syntax.ts';
import { bareToken, type Token } from './token.ts';

const COLON = 58;
const DOT = 46;
const HASH = 35;
const MINUS = 45;
const QUESTION = 63;
const TAB = 9;

export interface PlainScalar {
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
