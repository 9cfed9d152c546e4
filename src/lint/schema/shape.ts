import { foldKey } from '../../model/json/member.ts';
import type { JsonNode } from '../../model/json/node.ts';

/**
 * How Go decodes a value: a struct matches its keys in any letter case and ignores null; a map and `any` take keys as
 * they are. A function chooses by the value itself, and allows recursive shapes.
 */
export type Shape = SettledShape | ((node: JsonNode) => Shape);

export type SettledShape =
  | { readonly is: 'struct'; readonly fields: Readonly<Record<string, Shape>> }
  | { readonly is: 'map'; readonly of: Shape }
  | { readonly is: 'list'; readonly of: Shape }
  | { readonly is: 'any' };

export const ANY: Shape = { is: 'any' };

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

/** The name of the struct field that takes a key, or the key itself. */
export function canonicalKey(shape: Shape, key: string): string {
  if (typeof shape === 'function' || shape.is !== 'struct') return key;
  if (Object.hasOwn(shape.fields, key)) return key;
  const wanted = foldKey(key);
  return Object.keys(shape.fields).find((field) => foldKey(field) === wanted) ?? key;
}

/** The shape of the value under a key (canonical) or at an index. */
export function shapeUnder(shape: SettledShape, key: string): Shape {
  if (shape.is === 'any') return ANY;
  if (shape.is !== 'struct') return shape.of;
  return (Object.hasOwn(shape.fields, key) && shape.fields[key]) || ANY;
}
