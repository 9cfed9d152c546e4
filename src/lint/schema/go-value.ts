import type { JsonMember, JsonNode } from '../../model/json/node.ts';
import { canonicalKey, type Shape, shapeUnder } from './shape.ts';

/** Nothing real is nested deeper; what is gets no schema check below this. */
const MAX_DEPTH = 64;

/** A value as Go's decoder hands it on, every part with the node it came from. */
export interface GoValue {
  readonly value: unknown;
  readonly node: JsonNode;
  /** The member that holds it, where an object does. */
  readonly member: JsonMember | null;
  readonly shape: Shape;
  readonly under: ReadonlyMap<string, GoValue>;
}

/**
 * Turns a node into the plain value that Go sees: struct keys in their canonical spelling, the last duplicate,
 * nulls of structs left out.
 */
export function goValue(
  node: JsonNode,
  shape: Shape,
  member: JsonMember | null = null,
  depth = 0,
): GoValue {
  const settled = typeof shape === 'function' ? shape(node) : shape;
  const leaf = { node, member, shape: settled, under: new Map<string, GoValue>() };
  if (typeof settled === 'function' || depth > MAX_DEPTH) return { ...leaf, value: null };
  if (node.type === 'array') {
    const items = node.items.map((item) => goValue(item, shapeUnder(settled, ''), null, depth + 1));
    const under = new Map(items.map((item, index) => [String(index), item]));
    return { ...leaf, under, value: items.map((item) => item.value) };
  }
  if (node.type !== 'object') return { ...leaf, value: node.type === 'null' ? null : node.value };
  const under = new Map<string, GoValue>();
  for (const one of node.members) {
    const key = canonicalKey(settled, one.key);
    if (settled.is === 'struct' && one.value.type === 'null') continue;
    under.set(key, goValue(one.value, shapeUnder(settled, key), one, depth + 1));
  }
  const value = Object.fromEntries([...under].map(([key, part]) => [key, part.value]));
  return { ...leaf, under, value };
}

/** The part at a JSON pointer (`/properties/default/0`); null where there is none. */
export function partAt(root: GoValue, pointer: string): GoValue | null {
  let part: GoValue | null = root;
  for (const step of pointer.split('/').slice(1)) {
    part = part?.under.get(step.replaceAll('~1', '/').replaceAll('~0', '~')) ?? null;
  }
  return part;
}
