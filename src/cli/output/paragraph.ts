import { columnsOf } from './printable.ts';

/** Breaks a text at its blanks into lines that a terminal shows in so many columns; a longer word has a line of its own. */
export function paragraph(text: string, columns: number): string[] {
  const lines: string[] = [''];
  let taken = 0;
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    const width = columnsOf(word);
    const fits = line === '' || taken + 1 + width <= columns;
    if (fits) lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
    else lines.push(word);
    taken = fits && line !== '' ? taken + 1 + width : width;
  }
  return lines;
}
