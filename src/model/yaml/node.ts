import type { Span } from '../json/node.ts';

/**
 * A YAML value with its offsets; aliases and merges are kept as written. `tag` is short (`!!str`, `!!int`, `!mine`);
 * without a written tag, it is the one that yaml.v3 resolves.
 */
export type YamlNode =
  | YamlScalarNode
  | ({ readonly kind: 'sequence'; readonly tag: string; readonly items: YamlNode[] } & Span)
  | ({ readonly kind: 'mapping'; readonly tag: string; readonly pairs: YamlPair[] } & Span)
  | YamlAlias;

export type YamlScalarNode = {
  readonly kind: 'scalar';
  readonly tag: string;
  readonly value: string;
  /** `plain`: without tag and quotes, so the schema decides its type. `text`: in quotes, a block scalar, or `! x`. */
  readonly form: 'plain' | 'text' | 'tagged';
} & Span;

export type YamlAlias = {
  readonly kind: 'alias';
  readonly name: string;
  readonly target: Exclude<YamlNode, { kind: 'alias' }>;
} & Span;

export interface YamlPair {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

export type YamlMapping = Extract<YamlNode, { kind: 'mapping' }>;

/** The tag of a value; for an alias that of its anchor. */
export function tagOf(node: YamlNode): string {
  return node.kind === 'alias' ? node.target.tag : node.tag;
}

/** Whether a key is `<<` without quotes (a merge). */
export function isMerge(key: YamlNode): boolean {
  return key.kind === 'scalar' && key.value === '<<' && key.tag === '!!merge';
}
