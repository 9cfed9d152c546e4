import { isOneTooMany, TOO_MANY_TOKENS, type Token } from './token.ts';

const PATTERNS: readonly (readonly [Token['type'] | 'space', RegExp])[] = [
  ['space', /(?:\s|\/\/[^\n]*)+/y],
  ['name', /[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*/y],
  ['number', /\d[\w.]*/y],
  ['string', /"(?:[^"\\\n]|\\.)*"/y],
  ['number', /'(?:[^'\\\n]|\\.)+'/y],
  // What begins a string that does not end on its line is none of them.
  ['mark', /:=|[=!<>+\-*/%&|^]=|[^"'`]/suy],
];

/**
 * Splits Go source into tokens, comments left out. Strings with escapes beyond `\\` and `\"` have no value.
 * Linear; never throws: no tokens when a string or comment is not closed, TOO_MANY_TOKENS beyond the
 * limit.
 */
export function goTokens(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const piece = blockAt(source, at) ?? plainAt(source, at);
    if (piece === 'open') return [];
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
  readonly type: Token['type'] | 'space';
  readonly length: number;
}

function blockAt(source: string, at: number): Piece | 'open' | null {
  const comment = source.startsWith('/*', at);
  if (!comment && source[at] !== '`') return null;
  const close = comment ? '*/' : '`';
  const end = source.indexOf(close, at + (comment ? 2 : 1));
  if (end < 0) return 'open';
  return { type: comment ? 'space' : 'string', length: end + close.length - at };
}

function plainAt(source: string, at: number): Piece | 'open' {
  for (const [type, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    if (found) return { type, length: found[0].length };
  }
  return 'open';
}

function stringValue(text: string): string | null {
  const body = text.slice(1, -1);
  if (text.startsWith('`')) return body.replaceAll('\r', '');
  const known = /\\(["\\])/g;
  return body.replace(known, '').includes('\\') ? null : body.replace(known, '$1');
}
