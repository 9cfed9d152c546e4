import type { JsonNode, Span } from '../../json/node.ts';
import { parseGoJson } from '../../json/parse.ts';
import { parseDocument } from '../../yaml/parser.ts';
import { YamlError, yamlInput } from '../../yaml/scan/input.ts';
import {
  isHiddenSetting,
  isSecretKey,
  NAME_KEYS,
  namesNextSecret,
  VALUE_KEYS,
} from './secret-keys.ts';

/** A value of JSON or YAML. YAML nodes are used directly. */
type Value = Span &
  (
    | { readonly value: string }
    | { readonly items: readonly Value[] }
    | { readonly pairs: readonly { readonly key: Value; readonly value: Value }[] }
    | { readonly target: Value }
  );

/** Limit of YAML documents per file; the search by lines covers further ones. */
const MOST_DOCUMENTS = 50;

/**
 * Returns the spans of values of secret keys in JSON or YAML, as found by a parser: also for keys with escapes, on
 * several lines or behind an alias, and values with an anchor. Nothing after a syntax error. Linear.
 */
export function parsedSecrets(text: string): Span[] {
  if (/^\s*[{[]/.test(text)) {
    const parsed = parseGoJson(text);
    if (parsed.ok) return secretsIn(fromJson(parsed.root));
  }
  const spans: Span[] = [];
  // The reader drops the byte-order mark, and its offsets start after it.
  let from = text.startsWith('\ufeff') ? 1 : 0;
  for (let count = 0; count < MOST_DOCUMENTS; count += 1) {
    const { root, next } = documentAt(text.slice(from));
    for (const { start, end } of root === null ? [] : secretsIn(root)) {
      spans.push({ start: from + start, end: from + end });
    }
    if (next === null || next === 0) break;
    from += next;
  }
  return spans;
}

function documentAt(text: string): { readonly root: Value | null; readonly next: number | null } {
  try {
    return parseDocument(yamlInput(Buffer.from(text)), 'yaml.v3');
  } catch (thrown) {
    if (!(thrown instanceof YamlError)) throw thrown;
    return { root: null, next: null };
  }
}

/** Go's JSON nesting limit exceeds the call stack: what is nested deeper than the YAML limit is hidden as a whole. */
function fromJson(node: JsonNode, depth = 0): Value {
  const { start, end } = node;
  const isDeep = depth > 1000;
  if (node.type === 'array' && !isDeep) {
    return { start, end, items: node.items.map((item) => fromJson(item, depth + 1)) };
  }
  if (node.type !== 'object' || isDeep) {
    return { start, end, value: node.type === 'string' ? node.value : '' };
  }
  const pairs = node.members.map(({ key, keySpan, value }) => ({
    key: { ...keySpan, value: key },
    value: fromJson(value, depth + 1),
  }));
  return { start, end, pairs };
}

function secretsIn(root: Value): Span[] {
  const spans: Span[] = [];
  const hidden = new Set<Value>();
  const stack: Value[] = [root];
  for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
    const isHidden = secretMembers(value);
    for (const inner of membersOf(value)) {
      if (isHidden(inner)) hide(inner, hidden, spans);
      else if (!('value' in inner)) stack.push(inner);
    }
  }
  return spans;
}

/**
 * Returns a test for which members of a value are secrets, by their keys, by the name next to them, or by the
 * preceding item.
 */
function secretMembers(value: Value): (member: Value) => boolean {
  const secrets = new Set<Value>();
  if ('items' in value) {
    value.items.forEach((item, at) => {
      if (namesNextSecret(textOf(value.items[at - 1]))) secrets.add(item);
    });
  } else if ('pairs' in value) {
    const isNamed = value.pairs.some(
      ({ key, value: own }) => NAME_KEYS.has(textOf(key).toLowerCase()) && isSecretKey(textOf(own)),
    );
    for (const { key, value: own } of value.pairs) {
      const isValue = isNamed && VALUE_KEYS.has(textOf(key).toLowerCase());
      const plain = 'items' in own ? own.items.map(scalarOf) : scalarOf(own);
      if (isValue || isHiddenSetting(textOf(key), plain)) secrets.add(own);
    }
  }
  return (member) => secrets.has(member);
}

/** The text of a scalar, or of the first scalar in a key that is a list or map. */
function textOf(value: Value | undefined): string {
  let inner = value;
  for (let depth = 0; inner !== undefined && depth < 8; depth += 1) {
    if ('value' in inner) return inner.value;
    inner = 'target' in inner ? inner.target : membersOf(inner).next().value;
  }
  return '';
}

/** The text of a scalar, aliases resolved; null for a list or map. */
function scalarOf(value: Value): string | null {
  const own = 'target' in value ? value.target : value;
  return 'value' in own ? own.value : null;
}

/** The members of a value, keys included: a complex key may contain keys. */
function* membersOf(value: Value): Generator<Value, undefined> {
  if ('items' in value) yield* value.items;
  if (!('pairs' in value)) return;
  for (const { key, value: own } of value.pairs) {
    yield key;
    yield own;
  }
}

/** Adds the spans of a value and of everything in it, aliases resolved; parsers do not report where a list ends. */
function hide(value: Value, hidden: Set<Value>, spans: Span[]): void {
  const stack = [value];
  for (let one = stack.pop(); one !== undefined; one = stack.pop()) {
    if (hidden.has(one)) continue;
    hidden.add(one);
    if ('value' in one && one.value === '' && one.end - one.start <= 1) continue;
    spans.push({ start: one.start, end: one.end });
    if ('target' in one) stack.push(one.target);
    else for (const member of membersOf(one)) stack.push(member);
  }
}
