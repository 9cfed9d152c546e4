import type { Span } from '../json/node.ts';

/**
 * A YAML value with its place, aliases and merges as written. `tag` is short: `!!str`, `!!int`, `!mine`; where none is
 * written, what yaml.v3 takes the value for.
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
  /** `plain`: without tag and quotes, so that it depends on the schema what it is. `text`: in quotes, a block, or `! x`. */
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

/** The tag that counts when a value is read: that of the anchor for an alias. */
export function tagOf(node: YamlNode): string {
  return node.kind === 'alias' ? node.target.tag : node.tag;
}

/** Whether a key is `<<` without quotes: its value's members are members here. */
export function isMerge(key: YamlNode): boolean {
  return key.kind === 'scalar' && key.value === '<<' && key.tag === '!!merge';
}
