import { visibleLine } from '../../model/printable.ts';

/** A text from a file as one line that a terminal shows and does not obey: `\u001b` becomes `\x1b`. */
export const printable = visibleLine;

/** How many columns a terminal gives a text: two for East Asian wide characters and emoji, none for marks on others. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const char of text) columns += isWide(char) ? 2 : /\p{M}/u.test(char) ? 0 : 1;
  return columns;
}

function isWide(char: string): boolean {
  return /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
    char,
  );
}
