import { isOneTooMany, TOO_MANY_TOKENS, type Token } from './token.ts';

type Kind = Token['type'] | 'space';

const PATTERNS: readonly (readonly [Kind, RegExp])[] = [
  ['space', /(?:\s|\/\/[^\n]*)+/y],
  ['name', /[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/y],
  ['number', /\d[\w.]*/y],
  ['string', /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`/y],
  // What begins a string or comment that does not end is none of them.
  ['mark', /\.\.\.|=>|[=!<>+\-%&|^]=+|\/(?!\*)=?|[^"'`/]/suy],
];

/**
 * Splits TypeScript source into tokens, comments left out. Strings with escapes or placeholders have no value.
 * Linear; never throws: no tokens when a string or comment is not closed, TOO_MANY_TOKENS beyond the
 * limit. A regular expression is not known as one:
 * who reads the tokens asks for a shape that has none.
 */
export function typescriptTokens(source: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < source.length; ) {
    const piece = commentAt(source, at) ?? pieceAt(source, at);
    if (piece === null) return [];
    const { type, length } = piece;
    const text = source.slice(at, at + length);
    if (type !== 'space') {
      if (isOneTooMany(tokens)) return TOO_MANY_TOKENS;
      const value = type === 'string' ? stringValue(text) : null;
      tokens.push({ type, text, value, start: at, end: at + length });
    }
    at += length;
  }
  return tokens;
}

interface Piece {
  readonly type: Kind;
  readonly length: number;
}

function commentAt(source: string, at: number): Piece | null {
  if (!source.startsWith('/*', at)) return null;
  const end = source.indexOf('*/', at + 2);
  return end < 0 ? null : { type: 'space', length: end + 2 - at };
}

function pieceAt(source: string, at: number): Piece | null {
  for (const [type, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    if (found) return { type, length: found[0].length };
  }
  return null;
}

function stringValue(text: string): string | null {
  const body = text.slice(1, -1);
  return body.includes('\\') || (text.startsWith('`') && body.includes('${')) ? null : body;
}
