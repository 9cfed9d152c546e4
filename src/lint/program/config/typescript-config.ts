import type { SymbolFolder } from '../../../model/symbol.ts';
import { insideBrackets, is, splitAt, splitPair, type Token } from '../tokens/token.ts';
import { typescriptTokens } from '../tokens/typescript-tokens.ts';
import type { ProgramConfig, Written } from './config.ts';

/**
 * What a TypeScript program's one definition says, as far as it is written out: `const x: PluginDefinition = {…}` or
 * `startPlugin({…})`. Null when there is not exactly one, or the SDK is another. Kinds that are left out are empty.
 */
export function readTypeScriptConfig(source: string): ProgramConfig | null {
  const tokens = typescriptTokens(source);
  const found = tokens.flatMap((_, index) => definitionAt(tokens, index) ?? []);
  const [definition] = found;
  if (!definition || found.length > 1) return null;
  if (!tokens.some(({ value }) => value === 'kplugin/sdk')) return null;
  const inside = insideBrackets(tokens, definition.open);
  const members = inside && membersOf(inside);
  if (!members) return null;
  const keys = (kind: SymbolFolder): readonly Written[] | null => {
    if (isTouched(tokens, kind)) return null;
    const value = members.get(kind);
    return value ? keysOf(value) : [];
  };
  return {
    name: nameOf(members.get('name') ?? []),
    symbols: { sources: keys('sources'), sinks: keys('sinks'), functions: keys('functions') },
    at: definition.word,
  };
}

interface Definition {
  readonly word: Token;
  /** Index of the brace. */
  readonly open: number;
}

function definitionAt(tokens: readonly Token[], index: number): Definition | null {
  const word = tokens[index];
  const [before, one, two] = [tokens[index - 1], tokens[index + 1], tokens[index + 2]];
  if (!word || !is(two, '{')) return null;
  const typed = is(word, 'PluginDefinition') && is(before, ':') && is(one, '=');
  const called = is(word, 'startPlugin') && is(one, '(');
  return typed || called ? { word, open: index + 2 } : null;
}

/** By key; null when members come from elsewhere (`...others`). A member in short (`sources,`) is its own value. */
function membersOf(inside: readonly Token[]): Map<string, readonly Token[]> | null {
  const members = new Map<string, readonly Token[]>();
  for (const part of splitAt(inside, ',')) {
    const key = keyOf(part);
    if (key === null) return null;
    members.set(key.value, splitPair(part, ':')?.value ?? part);
  }
  return members;
}

/** `plugin.sources` may change what the definition says. */
function isTouched(tokens: readonly Token[], kind: string): boolean {
  return tokens.some((token, index) => is(token, kind) && is(tokens[index - 1], '.'));
}

function nameOf([only, more]: readonly Token[]): Written | null {
  if (only?.type !== 'string' || only.value === null || more) return null;
  return { value: only.value, start: only.start, end: only.end };
}

/** The keys of an object that is written out; null for anything else. */
function keysOf(value: readonly Token[]): readonly Written[] | null {
  const inside = is(value[0], '{') ? insideBrackets(value, 0) : null;
  if (inside === null || inside.length + 2 !== value.length) return null;
  const keys = splitAt(inside, ',').map(keyOf);
  return keys.every((key) => key !== null) ? keys : null;
}

/** Of `a: x`, `'a': x`, `['a']: x`, `a` and `a(…) {…}`; null for all else. */
function keyOf(part: readonly Token[]): Written | null {
  const [first, second, third, fourth] = part;
  if (!first) return null;
  const isComputed = is(first, '[') && is(third, ']') && is(fourth, ':');
  const key = isComputed ? second : first;
  if (!key || (isComputed && key.type !== 'string')) return null;
  const isPlain = isComputed || second === undefined || is(second, ':') || is(second, '(');
  const value = key.type === 'string' ? key.value : key.type === 'name' ? key.text : null;
  return isPlain && value !== null ? { value, start: key.start, end: key.end } : null;
}
