import type { Language } from '../../../lint/program/tokens/grammars.ts';
import { piecesOf } from '../../../lint/program/tokens/lexer.ts';

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

const PAIRS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

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

/** A range of offsets in a text; `end` exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
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

/** A text to insert at an offset. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
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
