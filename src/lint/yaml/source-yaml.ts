import type { Span } from '../../model/json/node.ts';

/** A source's YAML as far as eKuiper looks at it: groups of keys, with their places. */
export interface SourceYaml {
  readonly faults: readonly YamlFault[];
  /** `empty`: nothing, or null; both are fine. */
  readonly root: 'mapping' | 'empty' | 'other';
  readonly rootAt: Span;
  readonly groups: readonly YamlKey[];
  /** Where a second document begins; eKuiper reads only the first. */
  readonly secondDocument: Span | null;
}

export interface YamlFault {
  readonly kind: 'syntax' | 'duplicate-key';
  /** What the parser says; for a duplicate the key itself. */
  readonly message: string;
  readonly at: Span;
}

export interface YamlKey {
  readonly key: string;
  /** Whether YAML reads the key as a text; `1:` and `true:` are none. */
  readonly isText: boolean;
  readonly at: Span;
  readonly value: 'mapping' | 'list' | 'scalar' | 'null';
  /** The keys of a mapping; eKuiper does not look into lists. */
  readonly under: readonly YamlKey[];
}
