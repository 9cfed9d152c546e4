import type { JsonNode } from './node.ts';

/**
 * Go's error for the first number that no float64 holds, such as 1e400; null when there is none. Go decodes numbers so
 * wherever the value is of any type; where a struct has no such field it never looks.
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
