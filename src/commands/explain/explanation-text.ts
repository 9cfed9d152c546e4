import { paragraph } from '../../cli/output/paragraph.ts';
import type { Style } from '../../cli/output/style.ts';

const COLUMNS = 90;

/** A heading, or null for none, and what stands below it. */
export type Part = readonly [string | null, string];

/** What is explained, and then its parts with a blank line between them. */
export function explanationText(title: string, parts: readonly Part[], style: Style): string {
  const bodies = parts
    .filter(([, body]) => body !== '')
    .map(([heading, body]) => (heading === null ? body : `${style.bold(heading)}\n${body}`));
  return `${[title, ...bodies].join('\n\n')}\n`;
}

/** Lines that fit a terminal; one that begins with a command is left whole. */
export function wrapped(text: string): string {
  return text
    .split('\n')
    .flatMap((line) => (line.startsWith('kplugin ') ? [line] : paragraph(line, COLUMNS)))
    .join('\n');
}

/** Two blanks in front of each line. */
export function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}
