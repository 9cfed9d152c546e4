import { columnsOf } from '../../src/cli/output/render.ts';

/** Text styles of kplugin's output: see `src/cli/output/terminal-codes.ts`. */
export type Look = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** A piece of a row: its start column (from 0), its width in columns, and its style. */
export interface Piece {
  readonly column: number;
  readonly columns: number;
  readonly text: string;
  readonly looks: readonly Look[];
}

export type Row = readonly Piece[];

const ON: ReadonlyMap<string, Look> = new Map([
  ['1', 'bold'],
  ['2', 'dim'],
  ['31', 'red'],
  ['32', 'green'],
  ['33', 'yellow'],
  ['36', 'cyan'],
]);
const OFF: ReadonlyMap<string, readonly Look[]> = new Map([
  ['22', ['bold', 'dim']],
  ['39', ['red', 'green', 'yellow', 'cyan']],
]);

/**
 * Splits a text into the rows of a terminal with this many columns; long lines are wrapped. Throws for control
 * characters and for control sequences other than styles, which the picture cannot show.
 */
export function rowsOf(text: string, columns: number): Row[] {
  const looks = new Set<Look>();
  return text.split('\n').flatMap((line) => {
    const rows: Piece[][] = [[]];
    let column = 0;
    for (const [part, code] of partsOf(line)) {
      if (code !== null) change(looks, code);
      for (const char of part) {
        const wide = columnsOf(char);
        if (column + wide > columns) {
          rows.push([]);
          column = 0;
        }
        put(rows.at(-1) ?? [], { column, columns: wide, text: char, looks: [...looks] });
        column += wide;
      }
    }
    return rows;
  });
}

/** Splits a line into texts, each with the style code before it: `["", null]`, `["error", "31"]`. */
function partsOf(line: string): (readonly [text: string, code: string | null])[] {
  return line.split('\u001b[').map((part, index) => {
    const [, code, text] = index === 0 ? ['', null, part] : (/^(\d*)m(.*)$/s.exec(part) ?? []);
    if (text === undefined || code === undefined || /\p{Cc}/u.test(text)) {
      throw new Error(`the picture cannot show ${JSON.stringify(line)}`);
    }
    return [text, code];
  });
}

function change(looks: Set<Look>, code: string): void {
  const on = ON.get(code);
  const off = OFF.get(code);
  if (on === undefined && off === undefined) throw new Error(`the picture has no colour ${code}`);
  if (on !== undefined) looks.add(on);
  for (const look of off ?? []) looks.delete(look);
}

/** Joins neighbouring texts of the same style into one piece. Runs of two or more spaces only move the next piece. */
function put(row: Piece[], next: Piece): void {
  const last = row.at(-1);
  const follows =
    last !== undefined &&
    last.column + last.columns === next.column &&
    last.looks.join() === next.looks.join();
  if (!follows) {
    if (next.text !== ' ') row.push(next);
  } else if (last.text.endsWith(' ') && next.text === ' ') {
    row[row.length - 1] = { ...last, text: last.text.trimEnd(), columns: last.columns - 1 };
  } else {
    const columns = last.columns + next.columns;
    row[row.length - 1] = { ...last, text: last.text + next.text, columns };
  }
}
