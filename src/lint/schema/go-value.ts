import type { JsonMember, JsonNode } from '../../model/json/node.ts';
import { stepsOf } from '../../model/schema/place.ts';
import { canonicalKey, type SettledShape, type Shape, shapeUnder } from './shape.ts';

/** Maximum depth of the schema check; real files are less deep. */
const MAX_DEPTH = 64;

/** A value as Go decodes it, each part with its JSON node. */
export interface GoValue {
  readonly value: unknown;
  readonly node: JsonNode;
  /** The object member that holds it, if any. */
  readonly member: JsonMember | null;
  readonly shape: Shape;
  readonly under: ReadonlyMap<string, GoValue>;
}

/** Maximum number of items of the schema check; real lists and objects are shorter. */
const MAX_PARTS = 2000;

const NOTHING: ReadonlyMap<string, GoValue> = new Map();

/**
 * Converts a node to the value that Go decodes: struct keys in their canonical spelling, the last duplicate, without
 * nulls in structs.
 */
export function goValue(
  node: JsonNode,
  shape: Shape,
  member: JsonMember | null = null,
  depth = 0,
): GoValue {
  const settled = typeof shape === 'function' ? shape(node) : shape;
  if (typeof settled === 'function' || depth > MAX_DEPTH) {
    return { value: null, node, member, shape: settled, under: NOTHING };
  }
  if (node.type === 'array') {
    const some = node.items.slice(0, MAX_PARTS);
    const items = some.map((item) => goValue(item, shapeUnder(settled, ''), null, depth + 1));
    const under = new Map(items.map((item, index) => [String(index), item]));
    return { value: items.map(({ value }) => value), node, member, shape: settled, under };
  }
  if (node.type === 'object') return goObject(node, settled, member, depth);
  const value = node.type === 'null' ? null : node.value;
  return { value, node, member, shape: settled, under: NOTHING };
}

function goObject(
  node: Extract<JsonNode, { type: 'object' }>,
  shape: SettledShape,
  member: JsonMember | null,
  depth: number,
): GoValue {
  const under = new Map<string, GoValue>();
  for (const one of node.members.slice(-MAX_PARTS)) {
    if (shape.is === 'struct' && one.value.type === 'null') continue;
    const key = canonicalKey(shape, one.key);
    under.set(key, goValue(one.value, shapeUnder(shape, key), one, depth + 1));
  }
  const value: Record<string, unknown> = Object.create(null);
  for (const [key, part] of under) value[key] = part.value;
  return { value, node, member, shape, under };
}

/** The part at a JSON pointer (`/properties/default/0`); null when there is none. */
export function partAt(root: GoValue, pointer: string): GoValue | null {
  let part: GoValue | null = root;
  for (const step of stepsOf(pointer)) part = part?.under.get(step) ?? null;
  return part;
}
