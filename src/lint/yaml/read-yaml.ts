import { repeatedKeysIn, writtenKey } from '../../model/yaml/decode.ts';
import { isMerge, tagOf, type YamlNode, type YamlPair } from '../../model/yaml/node.ts';
import { readSourceYaml, type SourceConfig } from '../../model/yaml/read.ts';
import type { TextFile } from '../subject/subject.ts';
import type { SourceYaml, YamlKey } from './source-yaml.ts';

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
