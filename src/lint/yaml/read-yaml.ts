import type { Document, Pair, YAMLError } from 'yaml';
import type { Span } from '../../model/json/node.ts';
import type { TextFile } from '../subject.ts';
import { readPlainYaml } from './plain-yaml.ts';
import type { SourceYaml, YamlFault, YamlKey } from './source-yaml.ts';
import { spanOf } from './span-of.ts';

const read = new WeakMap<TextFile, Promise<SourceYaml>>();

/** A source's YAML, parsed once. The parser is loaded with the first file that is not plain. */
export function yamlOf(file: TextFile): Promise<SourceYaml> {
  const known = read.get(file);
  if (known) return known;
  const plain = readPlainYaml(file.source.text);
  const yaml = plain ? Promise.resolve(plain) : parseYaml(file.source.text);
  read.set(file, yaml);
  return yaml;
}

const OPTIONS = { prettyErrors: false, merge: true, uniqueKeys: false } as const;

type Library = typeof import('yaml');

/** Reads any YAML with the parser that knows all of it. */
export async function parseYaml(text: string): Promise<SourceYaml> {
  // The default export: bundled, a CommonJS package has no other.
  const library = (await import('yaml')).default;
  const documents = library.parseAllDocuments(text, { ...OPTIONS });
  const list = Array.isArray(documents) ? documents : [];
  const [first, second] = list;
  if (!first) return { ...NOTHING, faults: [] };
  const root = first.contents;
  return {
    faults: [
      ...first.errors.map(faultOf),
      ...duplicateKeys(library, first),
      ...unknownAliases(library, first),
    ],
    root: library.isMap(root) ? 'mapping' : isNothing(library, root) ? 'empty' : 'other',
    rootAt: spanOf(root, 0),
    groups: keysIn({ library, document: first, budget: MAX_KEYS }, root, 0),
    secondDocument: second ? documentStart(text, second) : null,
  };
}

const NOTHING = {
  root: 'empty',
  rootAt: { start: 0, end: 0 },
  groups: [],
  secondDocument: null,
} as const;

const MAX_DEPTH = 64;

/** Aliases can multiply without end; no real file comes near this. */
const MAX_KEYS = 10_000;

interface Walk {
  readonly library: Library;
  readonly document: Document;
  budget: number;
}

function keysIn(walk: Walk, node: unknown, depth: number): readonly YamlKey[] {
  const map = resolved(walk, node);
  if (!walk.library.isMap(map) || depth > MAX_DEPTH) return [];
  const pairs = map.items.filter((pair) => !isMerge(walk.library, pair));
  walk.budget -= pairs.length;
  return walk.budget < 0 ? [] : pairs.map((pair) => keyOf(walk, pair, depth));
}

function keyOf(walk: Walk, pair: Pair, depth: number): YamlKey {
  const { key } = pair;
  const scalar = walk.library.isScalar(key) ? key : null;
  const at = spanOf(key, 0);
  return {
    key: typeof scalar?.value === 'string' ? scalar.value : String(scalar?.source ?? ''),
    isText: typeof scalar?.value === 'string',
    at,
    value: kindOf(walk.library, resolved(walk, pair.value)),
    under: keysIn(walk, pair.value, depth + 1),
  };
}

function resolved({ library, document }: Walk, node: unknown): unknown {
  return library.isAlias(node) ? node.resolve(document) : node;
}

function unknownAliases(library: Library, document: Document): YamlFault[] {
  const faults: YamlFault[] = [];
  library.visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document)) return;
      const message = `unknown anchor '${alias.source}' referenced`;
      faults.push({ kind: 'syntax', message, at: spanOf(alias, 0) });
    },
  });
  return faults;
}

function isMerge(library: Library, pair: Pair): boolean {
  return library.isScalar(pair.key) && pair.key.source === '<<';
}

function kindOf(library: Library, value: unknown): YamlKey['value'] {
  if (library.isMap(value)) return 'mapping';
  if (library.isSeq(value)) return 'list';
  return isNothing(library, value) ? 'null' : 'scalar';
}

function isNothing(library: Library, value: unknown): boolean {
  return value === null || value === undefined || (library.isScalar(value) && value.value === null);
}

function faultOf({ pos: [start, end], message }: YAMLError): YamlFault {
  return {
    kind: 'syntax',
    message: message.replace(/ at line \d{1,9}, column \d[\s\S]*/, ''),
    at: { start, end: Math.max(start + 1, end) },
  };
}

/** The parser would compare every key with every other. */
function duplicateKeys(library: Library, document: Document): YamlFault[] {
  const faults: YamlFault[] = [];
  library.visit(document, {
    Map(_, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!library.isScalar(key)) continue;
        const message = String(key.source ?? key.value);
        if (seen.has(key.value))
          faults.push({ kind: 'duplicate-key', message, at: spanOf(key, 0) });
        seen.add(key.value);
      }
    },
  });
  return faults;
}

function documentStart(text: string, document: Document): Span {
  const start = document.range?.[0] ?? 0;
  const marker = text.lastIndexOf('---', start);
  return marker < 0 ? { start, end: start + 1 } : { start: marker, end: marker + 3 };
}
