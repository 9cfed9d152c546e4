import fastStringWidth from 'fast-string-width';
import { visibleLine } from '../../model/printable.ts';

/** Escapes control characters and line breaks of untrusted text: `\u001b` becomes `\x1b`. */
export const printable = visibleLine;

/**
 * The width of a text in terminal columns: two for East Asian wide characters and emoji, none for combining marks and
 * colours.
 */
export function columnsOf(text: string): number {
  return fastStringWidth(text);
}
