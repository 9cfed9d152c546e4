import type { Span } from '../../model/json/node.ts';
import { repeatedKeysIn, writtenKey, type YamlValue } from '../../model/yaml/decode.ts';
import { isMerge, tagOf, type YamlNode, type YamlPair } from '../../model/yaml/node.ts';
import { readSourceYaml, type SourceConfig, type YamlFault } from '../../model/yaml/read.ts';
import type { Report } from '../engine/rule.ts';
import type { Subject, TextFile } from '../subject/subject.ts';

/** A source's YAML as far as eKuiper uses it: groups of keys, with their places. */
interface SourceYaml {
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

/** Effect text for every error that makes eKuiper ignore the whole file. Source: docs/files.md#source-yaml. */
export const NO_CONFIGURATION =
  'eKuiper silently ignores the whole file: the source runs without any configuration';

/** Calls a function for every `sources/*.yaml` and collects the results. */
export function eachYaml(
  subject: Subject,
  ask: (yaml: SourceYaml, file: TextFile) => readonly Report[],
): Report[] {
  return subject.yamlFiles.flatMap((file) => ask(yamlOf(file), file));
}

/** The source that a YAML file configures: `sources/x.yaml` → `x`. */
export function sourceOf(file: TextFile): string {
  return file.path.replace(/^sources\//, '').replace(/\.yaml$/, '');
}

/** Whether eKuiper gets groups from the file; otherwise the groups need no check. */
export function isReadable(yaml: SourceYaml): boolean {
  return yaml.fault === null && yaml.groups.length > 0;
}

const read = new WeakMap<TextFile, SourceYaml>();

/** A source's YAML as eKuiper decodes it, parsed once. */
export function yamlOf(file: TextFile): SourceYaml {
  const known = read.get(file) ?? parseYaml(file.bytes);
  read.set(file, known);
  return known;
}

/** Parses the groups and keys of a source's YAML, with their places in the text. */
export function parseYaml(bytes: Uint8Array): SourceYaml {
  const config = readSourceYaml(bytes);
  const { root, text, fault } = config;
  const walk: Walk = { budget: MAX_KEYS, items: MAX_ITEMS };
  return {
    fault,
    duplicates: fault?.kind === 'duplicate-key' && root ? duplicatesIn(root) : [],
    groups: fault === null && root ? keysIn(walk, root, 0) : [],
    values: config.groups ?? {},
    text,
    rest: restOf(config),
  };
}

const MAX_DEPTH = 64;

/** Limit of alias expansion, which can grow exponentially; real files are far below it. */
const MAX_KEYS = 10_000;

const MAX_ITEMS = 100_000;

interface Walk {
  budget: number;
  items: number;
}

function keysIn(walk: Walk, node: YamlNode, depth: number): readonly YamlKey[] {
  const map = resolved(node);
  if (map.kind !== 'mapping' || depth > MAX_DEPTH) return [];
  const pairs = map.pairs.filter(({ key }) => !isMerge(key));
  walk.budget -= pairs.length;
  return walk.budget < 0 ? [] : pairs.map((pair) => keyOf(walk, pair, depth));
}

function keyOf(walk: Walk, { key, value }: YamlPair, depth: number): YamlKey {
  const { start, end } = key;
  const list = resolved(value);
  const items = list.kind === 'sequence' ? list.items : [];
  walk.items -= items.length;
  const own = walk.items < 0 ? [] : items;
  return {
    key: writtenKey(resolved(key)),
    isText: tagOf(key) === '!!str',
    at: { start, end },
    value: kindOf(resolved(value)),
    under: keysIn(walk, value, depth + 1),
    listed: own.map((item) => keysIn(walk, item, depth + 1)),
    texts: own.map(resolved).flatMap((item) => (item.kind === 'scalar' ? [item.value] : [])),
  };
}

function resolved(node: YamlNode): Exclude<YamlNode, { kind: 'alias' }> {
  return node.kind === 'alias' ? node.target : node;
}

function kindOf(node: YamlNode): YamlKey['value'] {
  if (node.kind === 'mapping') return 'mapping';
  if (node.kind === 'sequence') return 'list';
  return tagOf(node) === '!!null' ? 'null' : 'scalar';
}

/** All of them, not only the first, so that they can be fixed in one step. */
function duplicatesIn(root: YamlNode): SourceYaml['duplicates'] {
  const found: { key: string; at: { start: number; end: number } }[] = [];
  const waiting: YamlNode[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.kind === 'sequence') for (const item of node.items) waiting.push(item);
    if (node.kind !== 'mapping') continue;
    for (const { key } of repeatedKeysIn(node)) {
      found.push({ key: writtenKey(key), at: { start: key.start, end: key.end } });
    }
    for (const { key, value } of node.pairs) {
      // Most nodes are scalars: a list of all of them would take more memory than the tree.
      if (key.kind !== 'scalar') waiting.push(key);
      if (value.kind !== 'scalar') waiting.push(value);
    }
  }
  return found;
}

/** The text after the first document, and whether it is another document. */
function restOf({ text, rest }: SourceConfig): SourceYaml['rest'] {
  if (rest === null) return null;
  const marker = text.startsWith('---', rest);
  return {
    isDocument: marker || text.startsWith('%', rest),
    at: { start: rest, end: rest + (marker ? 3 : 1) },
  };
}
