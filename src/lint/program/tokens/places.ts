import type { Token } from './token.ts';

const indexes = new WeakMap<readonly Token[], ReadonlyMap<string, readonly number[]>>();

/** Where a name stands in a program, as indexes into its tokens; looked up without searching. */
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
