import { insideBrackets, is, splitAt, splitPair, type Token } from '../tokens/token.ts';
import { type ConfigForm, type Written, writtenIn } from './config.ts';

/** The only definition of a TypeScript program: `const x: PluginDefinition = {…}` or `startPlugin({…})`. */
export const TYPESCRIPT_CONFIG: ConfigForm = {
  language: 'typescript',
  members: { name: 'name', sources: 'sources', sinks: 'sinks', functions: 'functions' },
  required: [],
  leftOut: [],
  opens: (tokens, index) => {
    const [before, word, one, two] = [-1, 0, 1, 2].map((by) => tokens[index + by]);
    const isTyped = is(word, 'PluginDefinition') && is(before, ':') && is(one, '=');
    const isCalled = is(word, 'startPlugin') && is(one, '(');
    return is(two, '{') && (isTyped || isCalled) ? index + 2 : null;
  },
  usesSdk: (tokens) => tokens.some(({ value }) => value === 'kplugin/sdk'),
  valuesOf: membersOf,
  textOf: (_all, value) => (value.length === 1 ? writtenIn(value) : null),
  keysOf,
};

/** By key; null when an object is spread into it (`...others`). A shorthand member (`sources,`) is its own value. */
function membersOf(inside: readonly Token[]): Map<string, readonly Token[]> | null {
  const members = new Map<string, readonly Token[]>();
  for (const part of splitAt(inside, ',')) {
    const key = keyOf(part);
    if (key === null) return null;
    members.set(key.value, splitPair(part, ':')?.value ?? part);
  }
  return members;
}

/** The keys of an object literal; null for anything else. */
function keysOf(_all: readonly Token[], value: readonly Token[]): readonly Written[] | null {
  const inside = is(value[0], '{') ? insideBrackets(value, 0) : null;
  if (inside === null || inside.length + 2 !== value.length) return null;
  const keys = splitAt(inside, ',').map(keyOf);
  return keys.every((key) => key !== null) ? keys : null;
}

/** The key of `a: x`, `'a': x`, `['a']: x`, `a` and `a(…) {…}`; null for anything else. */
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
