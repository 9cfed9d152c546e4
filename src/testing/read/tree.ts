import { depthOf } from '../../model/json/depth.ts';
import { fixJson } from '../../model/json/fix.ts';
import type { JsonNode, Span } from '../../model/json/node.ts';
import { parseGoJson } from '../../model/json/parse.ts';
import { TEXT_LIMITS } from '../../model/text-limits.ts';
import type { Mistake, Mistakes } from '../case/mistakes.ts';
import { yamlTree } from './yaml-tree.ts';

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

export function syntaxMistake(message: string, at: Span): Mistake {
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
