import type { YamlScalarNode } from './node.ts';

/** `other`: a value that JSON does not have, such as `.nan` or bytes. */
export type CoreScalar =
  | { readonly type: 'null' | 'other' }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'string'; readonly value: string };

const NULL = { type: 'null' } as const;
const OTHER = { type: 'other' } as const;

const WORDS: ReadonlyMap<string, CoreScalar> = new Map<string, CoreScalar>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, NULL] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, { type: 'boolean', value: true }] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, { type: 'boolean', value: false }] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, OTHER] as const),
  ...['.inf', '.Inf', '.INF'].flatMap((word) =>
    ['', '+', '-'].map((sign) => [sign + word, OTHER] as const),
  ),
]);

const INT = /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** The tags of the core schema, each with a test whether a scalar fits. */
const TAGGED: ReadonlyMap<string, (scalar: CoreScalar, text: string) => boolean> = new Map([
  ['!!null', ({ type }) => type === 'null'],
  ['!!bool', ({ type }) => type === 'boolean'],
  ['!!int', (_, text) => INT.test(text)],
  ['!!float', ({ type }) => type === 'number' || type === 'other'],
]);

/**
 * Resolves a scalar by the core schema of YAML 1.2, unlike yaml.v3: `yes`, `1_000` and dates are texts, `0777` is
 * 777. A text that does not fit its tag stays a text, and so does one with an unknown tag. Source: YAML 1.2.2,
 * 10.3.2.
 */
export function coreScalar({ form, tag, value }: YamlScalarNode): CoreScalar {
  if (form === 'plain') return plainScalar(value);
  if (form === 'tagged') {
    if (tag === '!!binary' || tag === '!!timestamp') return OTHER;
    const plain = plainScalar(value);
    if (TAGGED.get(tag)?.(plain, value)) return plain;
  }
  return { type: 'string', value };
}

function plainScalar(text: string): CoreScalar {
  const word = WORDS.get(text);
  if (word) return word;
  if (!/^[-+.0-9]/.test(text) || !(INT.test(text) || FLOAT.test(text))) {
    return { type: 'string', value: text };
  }
  const value = Number(text);
  return Number.isFinite(value) ? { type: 'number', value } : OTHER;
}
