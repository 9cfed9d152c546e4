import { oneLine } from '../../model/printable.ts';
import { columnsOf } from './printable.ts';

/** Rows in columns as wide as their widest cell on a terminal; the last one is not padded. A row is one line. */
export function textTable(rows: readonly (readonly string[])[]): string {
  return Array.from(tableOf(rows, (line) => line)).join('');
}

/** The same without the spaces at the ends of lines, which an empty last column leaves. */
export function trimmedTable(rows: Iterable<readonly string[]>): string {
  return Array.from(trimmedLines(rows)).join('');
}

/** The same line by line; it asks for the rows twice: those of 60,000 files are not all kept. */
export function trimmedLines(rows: Iterable<readonly string[]>): Iterable<string> {
  return tableOf(rows, (line) => line.trimEnd());
}

function* tableOf(
  rows: Iterable<readonly string[]>,
  shaped: (line: string) => string,
): Generator<string> {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, columnsOf(oneLine(cell)));
    });
  }
  for (const row of rows) {
    yield `${shaped(row.map((cell, at) => padded(cell, at, row, widths)).join('  '))}\n`;
  }
}

function padded(
  given: string,
  column: number,
  row: readonly string[],
  widths: readonly number[],
): string {
  const cell = oneLine(given);
  if (column === row.length - 1) return cell;
  return cell + ' '.repeat((widths[column] ?? 0) - columnsOf(cell));
}
