import { depthOf } from '../../model/json/bounded.ts';
import { fixJson } from '../../model/json/fix.ts';
import type { JsonMember, JsonNode, Span } from '../../model/json/node.ts';
import { parseGoJson } from '../../model/json/parse.ts';
import { TEXT_LIMITS } from '../../model/text-limits.ts';
import {
  isMerge,
  type YamlNode,
  type YamlPair,
  type YamlScalarNode,
} from '../../model/yaml/node.ts';
import { readYamlText, syntaxHint } from '../../model/yaml/read.ts';
import { coreScalar } from '../../model/yaml/resolve.ts';
import type { Mistake, Mistakes } from '../case/mistakes.ts';

/** The maximum number of nodes: aliases can multiply without end; real files have far fewer. */
const MOST_NODES = 200_000;

const MOST_DEPTH = 100;

const LIMIT = 'kplugin reads no larger case file';

/** Parses a case file, JSON or YAML, into a tree with positions; null when it is empty or invalid. */
export function treeOf(path: string, text: string, mistakes: Mistakes): JsonNode | null {
  const root = path.endsWith('.json') ? jsonTree(text, mistakes) : yamlTree(text, mistakes);
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

function syntaxMistake(message: string, at: Span): Mistake {
  return {
    rule: 'case-syntax',
    at,
    message,
    why: 'the file cannot be read any further',
    hint: 'Correct it here or just before',
  };
}

/** Depth-first without recursion, because the text may be hostile. */
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

function duplicate(key: string, at: Span): Mistake {
  return {
    rule: 'case-duplicate-key',
    at,
    message: `"${key}" is there twice`,
    why: 'only one of them can count',
    hint: 'Remove or rename one',
  };
}

interface Walk {
  readonly text: string;
  readonly mistakes: Mistakes;
  budget: number;
}

/**
 * Parses YAML into the same tree as JSON, with aliases and merges expanded and scalars of the core schema of YAML 1.2;
 * null when it is empty or cannot be read.
 */
export function yamlTree(text: string, mistakes: Mistakes): JsonNode | null {
  if (text.length > TEXT_LIMITS.caseFile) {
    const message = `kplugin does not read case files of more than ${TEXT_LIMITS.caseFile / 1024} KiB`;
    mistakes.add(limited(message, { start: 0, end: 1 }, 'Split it into several files'));
    return null;
  }
  const { root, rest, fault } = readYamlText(text);
  if (fault) {
    const { kind, message, at } = fault;
    mistakes.add(
      kind === 'limit'
        ? limited(message, at, 'Use fewer levels and aliases')
        : unreadable(message, at, text),
    );
    return null;
  }
  if (rest !== null) mistakes.add(afterTheEnd(rest, text));
  return root === null ? null : toNode({ text, mistakes, budget: MOST_NODES }, root, 0);
}

function toNode(walk: Walk, node: YamlNode, depth: number): JsonNode {
  walk.budget -= 1;
  if (walk.budget < 0 || depth > MOST_DEPTH) {
    if (walk.budget !== Number.NEGATIVE_INFINITY) {
      walk.mistakes.add(limited('this is too much', node, 'Use fewer levels and aliases'));
    }
    walk.budget = Number.NEGATIVE_INFINITY;
    return { type: 'null', start: node.start, end: node.end };
  }
  const { kind, start, end } = node;
  switch (kind) {
    case 'scalar':
      return scalar(walk, node);
    case 'alias':
      return { ...toNode(walk, node.target, depth + 1), start, end };
    case 'mapping':
      return { type: 'object', members: membersOf(walk, node.pairs, depth), start, end };
    case 'sequence': {
      const items = node.items.map((item) => toNode(walk, item, depth + 1));
      return { type: 'array', items, start, end };
    }
  }
}

/** The members as written; those of `<<` come last and do not override them. */
function membersOf(walk: Walk, pairs: readonly YamlPair[], depth: number): JsonMember[] {
  const own: JsonMember[] = [];
  const merged: JsonMember[] = [];
  for (const { key, value } of pairs) {
    const node = toNode(walk, value, depth + 1);
    if (isMerge(key)) merged.push(...brought(node));
    else {
      const keySpan = { start: key.start, end: key.end };
      own.push({ key: nameOf(walk, key), keySpan, value: node });
    }
  }
  if (merged.length === 0) return own;
  const names = new Set(own.map(({ key }) => key));
  return [...own, ...merged.filter(({ key }) => !names.has(key))];
}

/** The key as written: the key of `1: x` is "1". */
function nameOf({ text, mistakes }: Walk, key: YamlNode): string {
  const node = key.kind === 'alias' ? key.target : key;
  if (node.kind === 'scalar') return node.value;
  mistakes.add(unreadable('invalid map key', key, text));
  return '';
}

/** The members of `<<: *a` or `<<: [*a, *b]`; of two with the same key the first counts. */
function brought(node: JsonNode): JsonMember[] {
  const members = node.type === 'object' ? node.members : [];
  const listed = node.type === 'array' ? node.items.flatMap(brought) : [];
  const first = new Map<string, JsonMember>();
  for (const one of [...members, ...listed]) if (!first.has(one.key)) first.set(one.key, one);
  return [...first.values()];
}

function scalar({ mistakes, text }: Walk, node: YamlScalarNode): JsonNode {
  const { start, end } = node;
  const is = coreScalar(node);
  switch (is.type) {
    case 'number':
      return { type: 'number', value: is.value, text: String(is.value), start, end };
    case 'string':
      return { type: 'string', value: is.value, start, end };
    case 'boolean':
      return { type: 'boolean', value: is.value, start, end };
    case 'other':
      mistakes.add(unreadable('JSON has no such value', node, text));
      return { type: 'null', start, end };
    case 'null':
      return { type: 'null', start, end };
  }
}

function unreadable(message: string, { start, end }: Span, text: string): Mistake {
  return {
    rule: 'case-syntax',
    at: { start, end },
    message,
    why: 'the file cannot be read as YAML',
    hint: syntaxHint(message, start, text),
  };
}

function limited(message: string, { start, end }: Span, hint: string): Mistake {
  return { rule: 'case-syntax', at: { start, end }, message, why: LIMIT, hint };
}

/** Of several documents only the first is read, and nothing after its end. */
function afterTheEnd(start: number, text: string): Mistake {
  const isMarker = text.startsWith('---', start);
  if (isMarker || text.startsWith('%', start)) {
    return {
      rule: 'case-syntax',
      at: { start, end: start + (isMarker ? 3 : 1) },
      message: 'a second document begins here',
      why: 'a case file has one; the cases after --- would never run',
      hint: 'Remove the --- or put the cases into a file of their own',
    };
  }
  return {
    rule: 'case-syntax',
    at: { start, end: start + 1 },
    message: 'the document ends before this',
    why: 'what follows is not read, and its cases would never run',
    hint: 'Correct the syntax just before, or remove the rest',
  };
}
