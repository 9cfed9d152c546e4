import { TEXT_LIMITS } from '../text-limits.ts';
import type { JsonNode } from './node.ts';

/** JSON is nested deeper than kplugin's limit: comparing or writing it would overflow the stack. */
export class TooDeepError extends Error {
  constructor() {
    super(
      `the values lie more than ${TEXT_LIMITS.jsonDepth} levels deep, further than kplugin follows`,
    );
  }
}

/**
 * Parses JSON that somebody else wrote to a plain value; where Go's result matters, use parseGoJson. Throws
 * SyntaxError, TooDeepError.
 */
export function parseForeignJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (isDeeper(value, TEXT_LIMITS.jsonDepth)) throw new TooDeepError();
  return value;
}

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
