import type { Document, Node, Pair, Scalar } from 'yaml';
import { depthOf } from '../../model/json/depth.ts';
import { fixJson } from '../../model/json/fix.ts';
import type { JsonMember, JsonNode, Span } from '../../model/json/node.ts';
import { parseGoJson } from '../../model/json/parse.ts';
import { TEXT_LIMITS } from '../../model/text-limits.ts';
import { readSourceYaml } from '../../model/yaml/read.ts';
import type { Mistakes } from '../case/mistakes.ts';

/** Aliases can multiply without end; no real file comes near this. */
const MOST_NODES = 200_000;

const MOST_DEPTH = 100;

const MERGE = '<<';

const LIMIT = 'kplugin reads no larger case file';

/** A case file as a tree with places, whichever language it is written in; null when there is none to look at. */
export async function treeOf(
  path: string,
  text: string,
  mistakes: Mistakes,
): Promise<JsonNode | null> {
  const root = path.endsWith('.json') ? jsonTree(text, mistakes) : await yamlTree(text, mistakes);
  if (root !== null) reportDuplicates(root, mistakes);
  return root;
}

function jsonTree(text: string, mistakes: Mistakes): JsonNode | null {
  const fixed = fixJson(text);
  for (const { kind, at } of fixed.flaws) {
    mistakes.add({
      rule: 'case-syntax',
      at,
      message: `JSON knows no ${kind.replaceAll('-', ' ')}`,
      why: 'other tools refuse the file',
      hint: kind === 'comment' ? 'Remove it, or write the cases in YAML' : 'Remove it',
    });
  }
  const json = parseGoJson(fixed.text);
  if (!json.ok) {
    mistakes.add(syntaxMistake(json.message, json.at));
    return null;
  }
  if (depthOf(json.root, TEXT_LIMITS.jsonDepth + 1) <= TEXT_LIMITS.jsonDepth) return json.root;
  const words = `kplugin reads case files that are ${TEXT_LIMITS.jsonDepth} levels deep, and no deeper`;
  mistakes.add({ ...syntaxMistake(words, json.root), hint: 'Use fewer levels' });
  return null;
}

export function syntaxMistake(message: string, at: Span): Parameters<Mistakes['add']>[0] {
  return {
    rule: 'case-syntax',
    at,
    message,
    why: 'the file cannot be read any further',
    hint: 'Correct it here or just before',
  };
}

/** Depth-first, without recursion: the text may be hostile. */
function reportDuplicates(root: JsonNode, mistakes: Mistakes): void {
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'array') for (const item of node.items) open.push(item);
    if (node.type !== 'object') continue;
    const seen = new Set<string>();
    for (const { key, keySpan, value } of node.members) {
      if (seen.has(key)) mistakes.add(duplicate(key, keySpan));
      seen.add(key);
      open.push(value);
    }
  }
}

function duplicate(key: string, at: Span): Parameters<Mistakes['add']>[0] {
  return {
    rule: 'case-duplicate-key',
    at,
    message: `"${key}" is there twice`,
    why: 'only one of them can count',
    hint: 'Remove or rename one',
  };
}

type Library = typeof import('yaml');

interface Walk {
  readonly library: Library;
  readonly anchors: ReadonlyMap<string, unknown>;
  readonly mistakes: Mistakes;
  budget: number;
}

/** YAML as the same tree that JSON has, aliases and merges written out; null when it cannot be read. */
export async function yamlTree(text: string, mistakes: Mistakes): Promise<JsonNode | null> {
  const tooMuch = limitOf(text);
  if (tooMuch) {
    mistakes.add(tooMuch);
    return null;
  }
  // The default export: bundled, a CommonJS package has no other.
  const library = (await import('yaml')).default;
  const parsed = library.parseAllDocuments(text, {
    prettyErrors: false,
    merge: true,
    uniqueKeys: false,
  });
  const [document, second] = Array.isArray(parsed) ? parsed : [];
  if (!document) return null;
  for (const { message, pos } of document.errors) {
    const said = message.replace(/ at line \d{1,9}, column \d[\s\S]*/, '');
    mistakes.add(unreadable(said, { start: pos[0], end: pos[1] }));
  }
  if (document.errors.length > 0) return null;
  if (second) mistakes.add(secondDocument(spanOf(second.contents, text.length)));
  const anchors = anchorsOf(library, document);
  const walk: Walk = { library, anchors, mistakes, budget: MOST_NODES };
  return document.contents === null ? null : toNode(walk, document.contents, 0);
}

/** What would take the library minutes, or all memory. */
function limitOf(text: string): Parameters<Mistakes['add']>[0] | null {
  if (text.length > TEXT_LIMITS.caseFile) {
    const message = `kplugin does not read case files of more than ${TEXT_LIMITS.caseFile / 1024} KiB`;
    return {
      ...unreadable(message, { start: 0, end: 1 }),
      why: LIMIT,
      hint: 'Split it into several files',
    };
  }
  const { fault } = readSourceYaml(Buffer.from(text));
  if (fault?.kind !== 'limit') return null;
  return {
    ...unreadable(fault.message, fault.at),
    why: LIMIT,
    hint: 'Use fewer levels and aliases',
  };
}

function toNode(walk: Walk, node: unknown, depth: number): JsonNode {
  const { library, mistakes } = walk;
  const at = spanOf(node, 0);
  walk.budget -= 1;
  if (walk.budget < 0 || depth > MOST_DEPTH) {
    if (walk.budget !== Number.NEGATIVE_INFINITY)
      mistakes.add({ ...unreadable('this is too much', at), why: LIMIT });
    walk.budget = Number.NEGATIVE_INFINITY;
    return { type: 'null', ...at };
  }
  if (library.isAlias(node)) return aliased(walk, node.source, at, depth);
  if (library.isMap(node)) {
    return { type: 'object', members: membersOf(walk, node.items, depth), ...at };
  }
  if (library.isSeq(node)) {
    return { type: 'array', items: node.items.map((item) => toNode(walk, item, depth + 1)), ...at };
  }
  return library.isScalar(node) ? scalar(walk, node, at) : { type: 'null', ...at };
}

function anchorsOf(library: Library, document: Document): ReadonlyMap<string, unknown> {
  const anchors = new Map<string, unknown>();
  library.visit(document, {
    Node(_, node) {
      if ('anchor' in node && typeof node.anchor === 'string') anchors.set(node.anchor, node);
    },
  });
  return anchors;
}

/** What an alias stands for, at the place of the alias. */
function aliased(walk: Walk, name: string, at: Span, depth: number): JsonNode {
  const target = walk.anchors.get(name);
  if (target !== undefined) return { ...toNode(walk, target, depth + 1), ...at };
  walk.mistakes.add(unreadable(`there is no anchor &${name}`, at));
  return { type: 'null', ...at };
}

/** The members as written; what `<<` brings comes last and gives way to them. */
function membersOf(walk: Walk, pairs: readonly Pair[], depth: number): JsonMember[] {
  const all = pairs.map((pair) => member(walk, pair, depth));
  const own = all.filter(({ key }) => key !== MERGE);
  const names = new Set(own.map(({ key }) => key));
  const merged = all.filter(({ key }) => key === MERGE).flatMap(({ value }) => brought(value));
  return [...own, ...merged.filter(({ key }) => !names.has(key))];
}

function member(walk: Walk, { key, value }: Pair, depth: number): JsonMember {
  const name = walk.library.isScalar(key) ? String(key.source ?? key.value ?? '') : '';
  const keySpan = spanOf(key, 0);
  return {
    key: name,
    keySpan,
    value: value === null ? nothingAt(keySpan) : toNode(walk, value, depth + 1),
  };
}

/** What `<<: *a` or `<<: [*a, *b]` brings; of two the first counts. */
function brought(node: JsonNode): JsonMember[] {
  const members = node.type === 'object' ? node.members : [];
  const listed = node.type === 'array' ? node.items.flatMap(brought) : [];
  const first = new Map<string, JsonMember>();
  for (const one of [...members, ...listed]) if (!first.has(one.key)) first.set(one.key, one);
  return [...first.values()];
}

function scalar({ mistakes }: Walk, { value }: Scalar, at: Span): JsonNode {
  if (typeof value === 'string') return { type: 'string', value, ...at };
  if (typeof value === 'boolean') return { type: 'boolean', value, ...at };
  if (typeof value === 'number' && Number.isFinite(value)) {
    return { type: 'number', value, text: String(value), ...at };
  }
  if (value !== null && value !== undefined) {
    mistakes.add(unreadable('JSON has no such value', at));
  }
  return { type: 'null', ...at };
}

function nothingAt({ end }: Span): JsonNode {
  return { type: 'null', start: end, end: end + 1 };
}

function unreadable(message: string, at: Span): Parameters<Mistakes['add']>[0] {
  return {
    rule: 'case-syntax',
    at,
    message,
    why: 'the file cannot be read as YAML',
    hint: 'Correct it here or just before',
  };
}

function secondDocument(at: Span): Parameters<Mistakes['add']>[0] {
  return {
    rule: 'case-syntax',
    at,
    message: 'a second document begins here',
    why: 'a case file has one; the cases after --- would never run',
    hint: 'Remove the --- or put the cases into a file of their own',
  };
}

/** Where a node of the YAML parser stands; of what has no place `otherwise`. One character long at least. */
function spanOf(node: unknown, otherwise: number): Span {
  const range = isRanged(node) ? node.range : null;
  const start = range?.[0] ?? otherwise;
  return { start, end: Math.max(start + 1, range?.[1] ?? start) };
}

function isRanged(node: unknown): node is Pick<Node, 'range'> {
  return typeof node === 'object' && node !== null && 'range' in node;
}
