import type { Span } from '../../../model/json/node.ts';
import { TEXT_LIMITS } from '../../../model/text-limits.ts';
import { type Language, nesting, type Piece, piecesOf } from './lexer.ts';

/** A token of a program's source. Comments and white space are left out. */
export interface Token extends Piece {
  /** `newline`: the end of a statement (Python, outside of brackets only). */
  readonly type: 'name' | 'string' | 'literal' | 'number' | 'mark' | 'newline';
  readonly text: string;
  /** The value of a string; null when it is known only at run time. */
  readonly value: string | null;
}

/** Returned for a source with too many tokens; compare by identity. */
export const TOO_MANY_TOKENS: readonly Token[] = [];

/**
 * Tokenizes a source. Strings with code, bytes, and unusual escapes have no value. Empty when a string or comment is
 * never closed, TOO_MANY_TOKENS above the limit. Linear; never throws.
 */
export function tokensOf(language: Language, source: string): readonly Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (const { type, start, end, holes } of piecesOf(source, language)) {
    if (type === 'space' || type === 'comment' || (type === 'newline' && depth > 0)) continue;
    if (type === 'open') return [];
    if (tokens.length >= TEXT_LIMITS.programTokens) return TOO_MANY_TOKENS;
    const text = source.slice(start, end);
    const value = type === 'string' && holes.length === 0 ? writtenText(text, language) : null;
    const token = { type, start, end, holes, text, value };
    depth = Math.max(0, depth + depthOf(token));
    tokens.push(token);
  }
  return tokens;
}

/** The language of a source file, by its extension; TypeScript for all but Go and Python. */
export function languageOf(path: string): Language {
  if (path.endsWith('.go')) return 'go';
  return path.endsWith('.py') ? 'python' : 'typescript';
}

/** The change of the bracket depth: +1 for an opening bracket, -1 for a closing one. */
export function depthOf({ type, text }: Token): number {
  return type === 'mark' ? nesting(text) : 0;
}

/** The tokens between an opening bracket at `open` and its closing bracket; null when that is missing. */
export function insideBrackets(tokens: readonly Token[], open: number): readonly Token[] | null {
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token) depth += depthOf(token);
    if (depth === 0) return tokens.slice(open + 1, index);
  }
  return null;
}

/** Splits at a mark outside of all brackets; an empty last part (after a trailing comma) is left out. */
export function splitAt(tokens: readonly Token[], mark: string): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    depth += depthOf(token);
    if (depth === 0 && is(token, mark)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  if (parts.at(-1)?.length === 0) parts.pop();
  return parts;
}

/** Splits `key: value` at the first mark outside of all brackets; null when there is none. */
export function splitPair(
  tokens: readonly Token[],
  mark: string,
): { readonly key: readonly Token[]; readonly value: readonly Token[] } | null {
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    depth += depthOf(token);
    if (depth === 0 && is(token, mark)) {
      return { key: tokens.slice(0, index), value: tokens.slice(index + 1) };
    }
  }
  return null;
}

/** Whether a token has this text. */
export function is(token: Token | undefined, text: string): boolean {
  return token !== undefined && token.type !== 'string' && token.text === text;
}

/** The tokens of a part of a source that starts at `by`, with offsets in the whole source. */
export function shifted(tokens: readonly Token[], by: number): Token[] {
  const moved = <S extends Span>(span: S): S => ({
    ...span,
    start: span.start + by,
    end: span.end + by,
  });
  return tokens.map((token) => ({ ...moved(token), holes: token.holes.map(moved) }));
}

const indexes = new WeakMap<readonly Token[], ReadonlyMap<string, readonly number[]>>();

/** The indexes of the tokens with this name; from an index, without searching. */
export function placesOf(tokens: readonly Token[], name: string): readonly number[] {
  let index = indexes.get(tokens);
  if (!index) {
    index = indexNames(tokens);
    indexes.set(tokens, index);
  }
  return index.get(name) ?? [];
}

function indexNames(tokens: readonly Token[]): Map<string, number[]> {
  const index = new Map<string, number[]>();
  for (const [at, { type, text }] of tokens.entries()) {
    if (type !== 'name') continue;
    const places = index.get(text);
    if (places) places.push(at);
    else index.set(text, [at]);
  }
  return index;
}

const QUOTES = /^([a-z]*)("""|'''|["'`])/i;
const PLAIN_ESCAPE = /\\(["'\\])/g;

/** The text between the quotation marks of a string literal. */
export function insideOf(text: string): string {
  const [whole = '', , quote = ''] = QUOTES.exec(text) ?? [];
  return text.slice(whole.length, text.length - quote.length);
}

/** The value of a string literal without code in it; null for bytes and for escapes other than `\\` and quotes. */
function writtenText(text: string, language: Language): string | null {
  const [, prefix = '', quote = ''] = QUOTES.exec(text) ?? [];
  if (/[bt]/i.test(prefix)) return null;
  const inside = insideOf(text).replaceAll('\r\n', '\n');
  const body = /f/i.test(prefix) ? withoutDoubles(inside) : inside;
  if (/r/i.test(prefix) || (language === 'go' && quote === '`')) return body;
  const isKnown = !body.replace(PLAIN_ESCAPE, '').includes('\\');
  return isKnown ? body.replace(PLAIN_ESCAPE, '$1') : null;
}

/** A part of a string that is assembled at run time. */
interface TextPart {
  /** `code`: an expression whose value is inserted. */
  readonly type: 'text' | 'code';
  readonly text: string;
  /** Its offset in the source. */
  readonly start: number;
}

/**
 * The parts of an f-string or template that contains code; null for other strings, and when there is a format
 * specification or an escape.
 */
export function textParts(
  string: Span & {
    readonly text: string;
    readonly holes: readonly Span[];
  },
): TextPart[] | null {
  const { text, start, holes } = string;
  if (holes.length === 0 || text.includes('\\')) return null;
  const [whole = '', , quote = ''] = QUOTES.exec(text) ?? [];
  const isTemplate = quote === '`';
  const parts: TextPart[] = [];
  let at = start + whole.length;
  const add = (type: TextPart['type'], end: number): void => {
    const piece = text.slice(at - start, end - start);
    const said = isTemplate || type === 'code' ? piece : withoutDoubles(piece);
    if (piece !== '') parts.push({ type, text: said, start: at });
  };
  for (const hole of holes) {
    add('text', hole.start - (isTemplate ? 2 : 1));
    at = hole.start;
    add('code', hole.end);
    at = hole.end + 1;
  }
  add('text', string.end - quote.length);
  const isPlain =
    isTemplate || !parts.some(({ type, text: code }) => type === 'code' && /[{}!:=]/.test(code));
  return isPlain ? parts : null;
}

/** Two braces of an f-string stand for one. */
function withoutDoubles(text: string): string {
  return text.replaceAll('{{', '{').replaceAll('}}', '}');
}
