import type { Span } from '../../model/json/node.ts';
import type { YamlValue } from '../../model/yaml/decode.ts';
import type { YamlFault } from '../../model/yaml/read.ts';

/** A source's YAML as far as eKuiper uses it: groups of keys, with their places. */
export interface SourceYaml {
  /** Why eKuiper ignores the whole file; null when it does not. */
  readonly fault: YamlFault | null;
  /** The duplicate keys, when they are the reason. */
  readonly duplicates: readonly { readonly key: string; readonly at: Span }[];
  /** As written, without keys that a merge adds. Empty with a fault. */
  readonly groups: readonly YamlKey[];
  /** The groups as eKuiper decodes them, with merges and aliases expanded. */
  readonly values: Readonly<Record<string, YamlValue>>;
  readonly text: string;
  /** The text after the first document; eKuiper does not read it. */
  readonly rest: { readonly isDocument: boolean; readonly at: Span } | null;
}

export interface YamlKey {
  readonly key: string;
  /** Whether YAML decodes the key as a string; `1:` and `true:` are not strings. */
  readonly isText: boolean;
  readonly at: Span;
  readonly value: 'mapping' | 'list' | 'scalar' | 'null';
  /** The keys of a mapping; eKuiper does not look into lists. */
  readonly under: readonly YamlKey[];
  /** For a list: the keys of its mappings, one after the other. */
  readonly listed: readonly (readonly YamlKey[])[];
  /** For a list: its strings. */
  readonly texts: readonly string[];
}
