import type { JsonMember, JsonNode } from './node.ts';

/** Folds a key as Go does for struct fields: ignores letter case, and folds the long s and the Kelvin sign. */
export function foldKey(key: string): string {
  const plain = key.includes('\u017f') ? key.replaceAll('\u017f', 's') : key;
  return plain.toLowerCase();
}

type ObjectNode = Extract<JsonNode, { type: 'object' }>;

/** Cache of the last member by folded key: rules query the same object repeatedly, and it may have 100,000 members. */
const folded = new WeakMap<ObjectNode, ReadonlyMap<string, JsonMember>>();

/** The same cache by exact key. */
const exact = new WeakMap<ObjectNode, ReadonlyMap<string, JsonMember>>();

function foldedMembers(node: ObjectNode): ReadonlyMap<string, JsonMember> {
  const members =
    folded.get(node) ?? new Map(node.members.map((member) => [foldKey(member.key), member]));
  folded.set(node, members);
  return members;
}

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

/** The strings of an array; other items are omitted. */
export function stringsIn(node: JsonNode | null): string[] {
  if (node?.type !== 'array') return [];
  return node.items.flatMap((item) => (item.type === 'string' ? [item.value] : []));
}

/** The text of a string node; empty for any other node. */
export function textOf(node: JsonNode | null): string {
  return node?.type === 'string' ? node.value : '';
}
