import { columnsOf, printable } from './printable.ts';

/** A line of a file and what to underline in it, both as a terminal shows them. */
export interface Excerpt {
  readonly line: string;
  /** Columns before the underline. */
  readonly before: number;
  /** Columns of the underline; at least 1. */
  readonly under: number;
}

const WIDTH = 90;
const LEAD = 40;

/**
 * Cuts a line around a place (1-based column, length in UTF-16 units), with tabs as two spaces and control
 * characters made visible.
 */
export function excerptOf(line: string, column: number, length: number): Excerpt {
  const place = column - 1;
  const from = line.length <= WIDTH || place < LEAD ? 0 : place - LEAD;
  const to = Math.min(line.length, from + WIDTH);
  const lead = from > 0 ? '…' : '';
  const before = lead + shown(line.slice(from, place));
  const marked = shown(line.slice(place, Math.min(to, place + length)));
  const after = shown(line.slice(Math.min(to, place + length), to));
  return {
    line: `${before}${marked}${after}${to < line.length ? '…' : ''}`,
    before: columnsOf(before),
    under: Math.max(1, columnsOf(marked)),
  };
}

function shown(text: string): string {
  return printable(text.replaceAll('\t', '  '));
}
