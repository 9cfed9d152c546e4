import type { Node } from 'yaml';
import type { Span } from '../../model/json/node.ts';

/** Where a node of the YAML parser stands; of what has no place `otherwise`. One character long at least. */
export function spanOf(node: unknown, otherwise: number): Span {
  const range = isRanged(node) ? node.range : null;
  const start = range?.[0] ?? otherwise;
  return { start, end: Math.max(start + 1, range?.[1] ?? start) };
}

function isRanged(node: unknown): node is Pick<Node, 'range'> {
  return typeof node === 'object' && node !== null && 'range' in node;
}
