import type { JsonNode } from './node.ts';

/** Whether a plain value is nested deeper than `limit`, counted as in {@link depthOf}. */
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

/** The nesting depth of a value, counted up to `limit`: a string alone is 1, `[1]` is 2. */
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
