import type { Span } from '../../../model/json/node.ts';
import { TEXT_LIMITS } from '../../../model/text-limits.ts';

/** A piece of a program's source. Comments and spaces are left out. */
export interface Token extends Span {
  /** `newline`: the end of a statement (Python, outside of brackets only). */
  readonly type: 'name' | 'string' | 'number' | 'mark' | 'newline';
  readonly text: string;
  /** What a string says; null when only running the program could tell. */
  readonly value: string | null;
}

/** The tokens of a source that has more than are looked at; none of them, by identity. */
export const TOO_MANY_TOKENS: readonly Token[] = [];

/** Whether a source has more tokens than are looked at, when it has this one too. */
export function isOneTooMany(tokens: readonly Token[]): boolean {
  return tokens.length >= TEXT_LIMITS.programTokens;
}

const OPEN = '([{';
const CLOSE = ')]}';

/** How the brackets nest: +1 for an opening mark, -1 for a closing one. */
export function depthOf({ type, text }: Token): number {
  if (type !== 'mark') return 0;
  if (OPEN.includes(text)) return 1;
  return CLOSE.includes(text) ? -1 : 0;
}

/** The tokens between an opening bracket at `open` and its partner; null when that is missing. */
export function insideBrackets(tokens: readonly Token[], open: number): readonly Token[] | null {
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token) depth += depthOf(token);
    if (depth === 0) return tokens.slice(open + 1, index);
  }
  return null;
}

/** Splits at a mark outside of all brackets; an empty last part (a trailing comma) is left out. */
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

/** Whether a token is this very mark or name. */
export function is(token: Token | undefined, text: string): boolean {
  return token !== undefined && token.type !== 'string' && token.text === text;
}

/** The tokens of a part of a source that begins at `by`, with their places in the whole. */
export function shifted(tokens: readonly Token[], by: number): Token[] {
  return tokens.map((token) => ({ ...token, start: token.start + by, end: token.end + by }));
}
