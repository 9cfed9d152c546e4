import { type Insertion, indentAt, itemsBetween, type Range } from './mask.ts';

/** An entry of a dictionary or object in braces, with its trailing comma, and one step of indentation. */
export interface Entry {
  readonly entry: string;
  readonly step: string;
}

/**
 * Inserts an entry after the last one of the literal at `literal` (braces included), in the style of the literal:
 * multi-line, single-line, or empty. Null for an empty multi-line literal, whose comments may have any meaning.
 */
export function addEntry(
  text: string,
  mask: string,
  literal: Range,
  { entry, step }: Entry,
): readonly Insertion[] | null {
  const close = literal.end - 1;
  const last = itemsBetween(mask, literal.start, close).at(-1);
  const isSpread = mask.slice(literal.start, close).includes('\n');
  if (!last) return isSpread ? null : [intoEmpty(text, literal, { entry, step })];
  if (!isSpread) return [{ at: last.end, text: `, ${entry.slice(0, -1)}` }];
  const comma = mask.slice(last.end, close).indexOf(',');
  const line = `\n${indentAt(text, last.start)}${entry}`;
  if (comma !== -1) return [{ at: lineEnd(text, last.end + comma + 1, close), text: line }];
  const end = lineEnd(text, last.end, close);
  if (end === last.end) return [{ at: end, text: `,${line}` }];
  return [
    { at: last.end, text: ',' },
    { at: end, text: line },
  ];
}

/** The end of the line, after a comment on it, but at most `limit`. */
export function lineEnd(text: string, from: number, limit: number): number {
  const newline = text.indexOf('\n', from);
  const end = newline === -1 || newline > limit ? from : newline;
  return text.charAt(end - 1) === '\r' ? end - 1 : end;
}

function intoEmpty(text: string, literal: Range, { entry, step }: Entry): Insertion {
  const at = literal.start + 1;
  const before = text.slice(text.lastIndexOf('\n', literal.start) + 1, literal.start);
  // A literal among other code on its line, `f(a, {})`, stays there.
  if (!/^\s*(?:\w+\s*[=:]\s*)?$/.test(before)) return { at, text: entry.slice(0, -1) };
  const indent = indentAt(text, literal.start);
  return { at, text: `\n${indent}${step}${entry}\n${indent}` };
}
