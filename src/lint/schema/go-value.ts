import { foldKey, type JsonMember, type JsonNode } from '../../model/json/node.ts';
import { stepsOf } from '../../model/schema/validator.ts';

/**
 * How Go decodes a value: a struct matches its keys in any letter case and ignores null; a map and `any` take keys as
 * they are. A function chooses by the value itself, and allows recursive shapes.
 */
export type Shape = SettledShape | ((node: JsonNode) => Shape);

type SettledShape =
  | { readonly is: 'struct'; readonly fields: Readonly<Record<string, Shape>> }
  | { readonly is: 'map'; readonly of: Shape }
  | { readonly is: 'list'; readonly of: Shape }
  | { readonly is: 'any' };

const ANY: Shape = { is: 'any' };

const struct = (fields: Readonly<Record<string, Shape>>): Shape => ({ is: 'struct', fields });

const list = (of: Shape): Shape => ({ is: 'list', of });

const map = (of: Shape): Shape => ({ is: 'map', of });

const plain = (...keys: string[]): Record<string, Shape> =>
  Object.fromEntries(keys.map((key) => [key, ANY]));

const LANGUAGE = struct(plain('en_US', 'zh_CN'));

const ABOUT = struct({
  ...plain('trial', 'installed'),
  author: struct(plain('name', 'email', 'company', 'website')),
  helpUrl: LANGUAGE,
  description: LANGUAGE,
});

/** A list as default holds nested fields; any other value is passed on unchanged. */
const DEFAULT: Shape = (node) => (node.type === 'array' ? list(FIELD) : ANY);

const FIELD: Shape = struct({
  ...plain('name', 'control', 'type', 'optional', 'connection_related', 'values'),
  default: DEFAULT,
  hint: LANGUAGE,
  label: LANGUAGE,
});

/** sourceMeta.go `fileSource`. */
export const SOURCE_SHAPE: Shape = struct({
  about: ABOUT,
  libs: ANY,
  dataSource: ANY,
  properties: map(list(FIELD)),
  node: ANY,
});

/** sinkMeta.go `fileSink`. */
export const SINK_SHAPE: Shape = struct({
  about: ABOUT,
  libs: ANY,
  properties: list(FIELD),
  node: ANY,
});

/** Function files are never decoded, only passed on with every key as it is. */
export const FUNCTION_SHAPE: Shape = ANY;

/** A value as Go decodes it, each part with its JSON node. */
export interface GoValue {
  readonly value: unknown;
  readonly node: JsonNode;
  /** The object member that holds it, if any. */
  readonly member: JsonMember | null;
  readonly shape: Shape;
  readonly under: ReadonlyMap<string, GoValue>;
}

/** Maximum depth of the schema check; real files are less deep. */
const MAX_DEPTH = 64;

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

/** The name of the struct field that takes a key, or the key itself. */
function canonicalKey(shape: Shape, key: string): string {
  if (typeof shape === 'function' || shape.is !== 'struct') return key;
  if (Object.hasOwn(shape.fields, key)) return key;
  const wanted = foldKey(key);
  return Object.keys(shape.fields).find((field) => foldKey(field) === wanted) ?? key;
}

/** The shape of the value under a key (canonical) or at an index. */
function shapeUnder(shape: SettledShape, key: string): Shape {
  if (shape.is === 'any') return ANY;
  if (shape.is !== 'struct') return shape.of;
  return (Object.hasOwn(shape.fields, key) && shape.fields[key]) || ANY;
}

/** The part at a JSON pointer (`/properties/default/0`); null when there is none. */
export function partAt(root: GoValue, pointer: string): GoValue | null {
  let part: GoValue | null = root;
  for (const step of stepsOf(pointer)) part = part?.under.get(step) ?? null;
  return part;
}
