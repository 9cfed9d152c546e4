import { depthOf, isOneTooMany, TOO_MANY_TOKENS, type Token } from './token.ts';

const SPACE = /(?:[ \t\f\r\ufeff]|\\\r?\n|#[^\n]*)+/y;
const NAME = /[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*/y;
const NUMBER = /\d[\w.]*/y;
const STRING = /([A-Za-z]{0,2})('''|"""|'|")/y;
const MARK = /\*\*=?|\/\/=?|->|:=|[=!<>+\-*/%&|^@]=|./suy;

/**
 * Splits Python source into tokens, comments left out. f-strings, bytes and unusual escapes have no value.
 * Linear; never throws: no tokens when a string is not closed, TOO_MANY_TOKENS beyond the limit.
 */
export function pythonTokens(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  let at = 0;
  while (at < source.length) {
    at += lengthOf(SPACE, source, at);
    if (at >= source.length) break;
    const token = tokenAt(source, at);
    if (token === null) return [];
    if (isOneTooMany(tokens)) return TOO_MANY_TOKENS;
    depth = Math.max(0, depth + depthOf(token));
    if (token.type !== 'newline' || depth === 0) tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function tokenAt(source: string, at: number): Token | null {
  if (source[at] === '\n') return token('newline', source, at, 1);
  STRING.lastIndex = at;
  const quote = STRING.exec(source);
  if (quote) return stringAt(source, at, quote[1] ?? '', quote[2] ?? '"');
  for (const [type, pattern] of [
    ['name', NAME],
    ['number', NUMBER],
  ] as const) {
    const length = lengthOf(pattern, source, at);
    if (length > 0) return token(type, source, at, length);
  }
  return token('mark', source, at, lengthOf(MARK, source, at) || 1);
}

function stringAt(source: string, at: number, prefix: string, quote: string): Token | null {
  const start = at + prefix.length + quote.length;
  let end = start;
  while (!source.startsWith(quote, end)) {
    const char = source[end];
    if (char === undefined || (char === '\n' && quote.length === 1)) return null;
    end += char === '\\' ? 2 : 1;
  }
  const value = stringValue(prefix.toLowerCase(), source.slice(start, end));
  return { ...token('string', source, at, end + quote.length - at), value };
}

const ESCAPES: Readonly<Record<string, string>> = { "'": "'", '"': '"', '\\': '\\' };

function stringValue(prefix: string, body: string): string | null {
  if (/[fbt]/.test(prefix)) return null;
  if (prefix.includes('r') || !body.includes('\\')) return body;
  let plain = true;
  const value = body.replace(/\\(.)/gsu, (whole, char: string) => {
    const meant = ESCAPES[char];
    plain &&= meant !== undefined;
    return meant ?? whole;
  });
  return plain ? value : null;
}

function token(type: Token['type'], source: string, start: number, length: number): Token {
  const end = start + length;
  return { type, text: source.slice(start, end), value: null, start, end };
}

function lengthOf(pattern: RegExp, source: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0].length ?? 0;
}
