import type { JsonNode } from './node.ts';

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
