import { type Language, piecesOf } from '../../../lint/program/tokens/lexer.ts';

const PAIRS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** The main program with the symbol registered, or the lines to add when its structure is not recognized. */
export type Registration =
  | { readonly placed: true; readonly text: string }
  | { readonly placed: false; readonly lines: readonly ManualLine[] };

/** A line that the author has to add, and its place. */
export interface ManualLine {
  readonly where: string;
  readonly line: string;
}

/** A text to insert at an offset. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** A range of offsets in a text; `end` exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Applies all insertions to a text, with the line endings of the text. */
export function insertAll(text: string, insertions: readonly Insertion[]): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return [...insertions]
    .sort((a, b) => b.at - a.at)
    .reduce(
      (result, { at, text: piece }) =>
        result.slice(0, at) + piece.replaceAll('\n', newline) + result.slice(at),
      text,
    );
}

/** An entry of a dictionary or object in braces, with its trailing comma, and one step of indentation. */
interface Entry {
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

/**
 * Replaces comments by spaces and strings by underscores, offsets unchanged: the brackets and names that remain are
 * code. Forms that are never closed count as strings. Linear.
 */
export function maskText(text: string, language: Language): string {
  let masked = '';
  for (const { type, start, end } of piecesOf(text, language)) {
    const piece = text.slice(start, end);
    if (type === 'comment') masked += piece.replace(/[^\r\n]/g, ' ');
    else if (type === 'string' || type === 'literal' || type === 'open') {
      masked += piece.replace(/[^\r\n]/g, '_');
    } else masked += piece;
  }
  return masked;
}

/** The offset of the bracket that closes the one at `open`; null when brackets do not match. */
export function closingBracket(mask: string, open: number): number | null {
  const expected: string[] = [];
  for (let at = open; at < mask.length; at += 1) {
    const char = mask.charAt(at);
    const closer = PAIRS[char];
    if (closer !== undefined) expected.push(closer);
    else if (char === ')' || char === ']' || char === '}') {
      if (expected.pop() !== char) return null;
      if (expected.length === 0) return at;
    }
  }
  return null;
}

/** The comma-separated items of a bracket, without surrounding white space; an empty last item is left out. */
export function itemsBetween(mask: string, open: number, close: number): readonly Range[] {
  const items: Range[] = [];
  let start = open + 1;
  for (let at = start; at <= close; at += 1) {
    const char = mask.charAt(at);
    if (PAIRS[char] !== undefined) at = closingBracket(mask, at) ?? close;
    else if (char === ',' || at === close) {
      const text = mask.slice(start, at);
      const from = start + text.length - text.trimStart().length;
      const to = start + text.trimEnd().length;
      if (to > from) items.push({ start: from, end: to });
      start = at + 1;
    }
  }
  return items;
}

/** The indentation of the line at an offset. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
}

/** Whether only white space is between the start of the line and the offset. */
export function beginsLine(text: string, offset: number): boolean {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim() === '';
}
