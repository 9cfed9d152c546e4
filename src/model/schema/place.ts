import { exactMember } from '../json/member.ts';
import type { JsonMember, JsonNode, Span } from '../json/node.ts';

/** A value in a file, and the object member that holds it, if any. */
export interface Part {
  readonly node: JsonNode;
  readonly member: JsonMember | null;
}

/** The value at a JSON pointer (`/cases/0/args`); null when there is none. */
export function partAt(root: JsonNode, pointer: string): Part | null {
  let part: Part | null = { node: root, member: null };
  for (const step of stepsOf(pointer)) part = part && under(part.node, step);
  return part;
}

function under(node: JsonNode, step: string): Part | null {
  if (node.type === 'array') {
    const item = node.items[Number(step)];
    return item === undefined ? null : { node: item, member: null };
  }
  const member = exactMember(node, step);
  return member && { node: member.value, member };
}

/** The keys and indices of a JSON pointer. */
export function stepsOf(pointer: string): string[] {
  const steps = pointer.split('/').slice(1);
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Escapes a key for a JSON pointer. */
export function asStep(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Where to report a missing member: the key of the value that lacks it, else the value's first character. */
export function placeOfMissing({ node, member }: Part): Span {
  return member?.keySpan ?? { start: node.start, end: node.start + 1 };
}
