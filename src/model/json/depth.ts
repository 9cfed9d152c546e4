import type { JsonNode } from './node.ts';

/** How deep values lie in each other, counted no further than `limit`: a text alone is 1, `[1]` is 2. */
export function depthOf(root: JsonNode, limit: number): number {
  let level: readonly JsonNode[] = [root];
  let depth = 0;
  while (level.length > 0 && depth < limit) {
    depth += 1;
    level = level.flatMap((node) => {
      if (node.type === 'array') return node.items;
      return node.type === 'object' ? node.members.map(({ value }) => value) : [];
    });
  }
  return depth;
}
