import { bold, type Cell, type View } from '../../cli/output/view.ts';

const COLUMNS = 90;

/** A heading or null, and the text below it. */
export type Part = readonly [Cell | null, string];

/** The views of an explanation: title and parts. */
export function explanation(title: Cell, parts: readonly Part[]): readonly View[] {
  const bodies = parts.filter(([, body]) => body !== '');
  return [
    { lines: [title] },
    ...bodies.map(([heading, body]) => ({
      lines: [
        ...(heading === null ? [] : [typeof heading === 'string' ? bold(heading) : heading]),
        ...body.split('\n'),
      ],
      wrapAt: COLUMNS,
    })),
  ];
}

/** Indents each line by two spaces. */
export function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}
