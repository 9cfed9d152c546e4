import type { Span } from '../../model/json/node.ts';
import type { YamlValue } from '../../model/yaml/decode.ts';
import type { YamlFault } from '../../model/yaml/read.ts';

/** A source's YAML as far as eKuiper looks at it: groups of keys, with their places. */
export interface SourceYaml {
  /** Why eKuiper reads nothing of it; null when it does. */
  readonly fault: YamlFault | null;
  /** The keys that are there already, when that is the fault. */
  readonly duplicates: readonly { readonly key: string; readonly at: Span }[];
  /** As written: what a merge brings is not among them. Empty with a fault. */
  readonly groups: readonly YamlKey[];
  /** The groups as eKuiper gets them, merges and aliases written out. */
  readonly values: Readonly<Record<string, YamlValue>>;
  readonly text: string;
  /** What follows the first document; eKuiper does not read it. */
  readonly rest: { readonly isDocument: boolean; readonly at: Span } | null;
}

export interface YamlKey {
  readonly key: string;
  /** Whether YAML reads the key as a text; `1:` and `true:` are none. */
  readonly isText: boolean;
  readonly at: Span;
  readonly value: 'mapping' | 'list' | 'scalar' | 'null';
  /** The keys of a mapping; eKuiper does not look into lists. */
  readonly under: readonly YamlKey[];
  /** Of a list: the keys of the mappings in it, one after the other. */
  readonly listed: readonly (readonly YamlKey[])[];
  /** Of a list: its texts. */
  readonly texts: readonly string[];
}
