import type { JsonNode } from './node.ts';

/** As {@link depthOf}, for the values themselves: whether they lie deeper in each other than `limit`. */
export function isDeeper(value: unknown, limit: number): boolean {
  let level: readonly object[] = typeof value === 'object' && value !== null ? [value] : [];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    const inner: object[] = [];
    for (const one of level) {
      for (const member of Object.values(one)) {
        if (typeof member === 'object' && member !== null) inner.push(member);
      }
    }
    level = inner;
  }
  return false;
}

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
