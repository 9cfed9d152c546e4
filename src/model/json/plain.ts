import type { JsonNode } from './node.ts';

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
