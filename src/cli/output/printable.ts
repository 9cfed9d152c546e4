import fastStringWidth from 'fast-string-width';
import { visibleLine } from '../../model/printable.ts';

/** A text from a file as one line that a terminal shows and does not obey: `\u001b` becomes `\x1b`. */
export const printable = visibleLine;

/** How many columns a terminal gives a text: two for East Asian wide characters and emoji, none for marks on others and colours. */
export function columnsOf(text: string): number {
  return fastStringWidth(text);
}
