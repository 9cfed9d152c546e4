import type { JsonNode } from './node.ts';

/** The value itself, as Go puts it into an `interface{}`: of equal keys the last wins. For trees that are not deep: see TEXT_LIMITS. */
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
