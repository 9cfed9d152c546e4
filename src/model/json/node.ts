/** A range of a text: UTF-16 offsets, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A parsed JSON value with its offsets, as written: duplicates and letter case are kept. */
export type JsonNode =
  | ({ readonly type: 'object'; readonly members: readonly JsonMember[] } & Span)
  | ({ readonly type: 'array'; readonly items: readonly JsonNode[] } & Span)
  | ({ readonly type: 'string'; readonly value: string } & Span)
  | ({ readonly type: 'number'; readonly value: number; readonly text: string } & Span)
  | ({ readonly type: 'boolean'; readonly value: boolean } & Span)
  | ({ readonly type: 'null' } & Span);

export interface JsonMember {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: JsonNode;
}

/** The result of Go's encoding/json for a text. */
export type GoJson =
  | { readonly ok: true; readonly root: JsonNode }
  | {
      readonly ok: false;
      /** Go's error message: `invalid character '}' looking for beginning of object key string`. */
      readonly message: string;
      readonly at: Span;
    };

type ObjectNode = Extract<JsonNode, { type: 'object' }>;

/** Cache of the last member by folded key: rules query the same object repeatedly, and it may have 100,000 members. */
const folded = new WeakMap<ObjectNode, ReadonlyMap<string, JsonMember>>();

/** The same cache by exact key. */
const exact = new WeakMap<ObjectNode, ReadonlyMap<string, JsonMember>>();

/**
 * The member that Go decodes into a struct field: in any letter case, the last duplicate wins. Null when the node is
 * not an object or has no such member; a member with the value `null` is returned.
 */
export function memberOf(node: JsonNode | null, key: string): JsonMember | null {
  if (node?.type !== 'object') return null;
  return foldedMembers(node).get(foldKey(key)) ?? null;
}

/** The value of {@link memberOf}; null also for a JSON `null`, which Go treats as absent. */
export function fieldOf(node: JsonNode | null, key: string): JsonNode | null {
  const value = memberOf(node, key)?.value;
  return value === undefined || value.type === 'null' ? null : value;
}

/** The member that Go decodes into a map: case-sensitive, the last duplicate wins. */
export function exactMember(node: JsonNode | null, key: string): JsonMember | null {
  if (node?.type !== 'object') return null;
  const members = exact.get(node) ?? new Map(node.members.map((member) => [member.key, member]));
  exact.set(node, members);
  return members.get(key) ?? null;
}

function foldedMembers(node: ObjectNode): ReadonlyMap<string, JsonMember> {
  const members =
    folded.get(node) ?? new Map(node.members.map((member) => [foldKey(member.key), member]));
  folded.set(node, members);
  return members;
}

/** Folds a key as Go does for struct fields: ignores letter case, and folds the long s and the Kelvin sign. */
export function foldKey(key: string): string {
  const plain = key.includes('\u017f') ? key.replaceAll('\u017f', 's') : key;
  return plain.toLowerCase();
}

/** The strings of an array; other items are omitted. */
export function stringsIn(node: JsonNode | null): string[] {
  if (node?.type !== 'array') return [];
  return node.items.flatMap((item) => (item.type === 'string' ? [item.value] : []));
}

/** The text of a string node; empty for any other node. */
export function textOf(node: JsonNode | null): string {
  return node?.type === 'string' ? node.value : '';
}

/**
 * Go's error for the first number that exceeds float64, such as 1e400; null when there is none. Go decodes such
 * numbers when the target is `interface{}`; it skips those without a struct field.
 */
export function overflowIn(root: JsonNode): string | null {
  const waiting: JsonNode[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'number' && !Number.isFinite(node.value)) {
      return `json: cannot unmarshal number ${node.text} into Go value of type float64`;
    }
    if (node.type === 'array') for (const item of node.items.toReversed()) waiting.push(item);
    if (node.type === 'object') {
      for (const { value } of node.members.toReversed()) waiting.push(value);
    }
  }
  return null;
}

/**
 * Converts a node to a plain value as Go does for `interface{}`: the last of equal keys wins. Recursive, so only for
 * trees within TEXT_LIMITS.
 */
export function plainValue(node: JsonNode): unknown {
  switch (node.type) {
    case 'null':
      return null;
    case 'array':
      return node.items.map(plainValue);
    case 'object':
      return Object.fromEntries(node.members.map(({ key, value }) => [key, plainValue(value)]));
    default:
      return node.value;
  }
}

/**
 * Go's error message (after `json: `) for a value that encoding/json cannot encode; null when it can. Does not look
 * inside lists and maps. YAML can have such values. Source: encoding/json UnsupportedValueError,
 * UnsupportedTypeError.
 */
export function unsupportedByJson(value: unknown): string | null {
  if (value instanceof Map) return 'unsupported type: map[interface {}]interface {}';
  if (typeof value !== 'number' || Number.isFinite(value)) return null;
  const word = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  return `unsupported value: ${word}`;
}

/** The own value of a table under an untrusted key; undefined for inherited properties such as `constructor`. */
export function ownValue<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
