import { stripVTControlCharacters } from 'node:util';

/** Rows in columns as wide as their widest cell; the last one is not padded. Colours do not count. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, width(cell));
    });
  }
  return rows
    .map((row) => `${row.map((cell, at) => padded(cell, at, row, widths)).join('  ')}\n`)
    .join('');
}

/** Without the spaces at the ends of lines, which an empty last column leaves. */
export function withoutLineEndSpaces(table: string): string {
  return table
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

function padded(
  cell: string,
  column: number,
  row: readonly string[],
  widths: readonly number[],
): string {
  if (column === row.length - 1) return cell;
  return cell + ' '.repeat((widths[column] ?? 0) - width(cell));
}

function width(cell: string): number {
  return stripVTControlCharacters(cell).length;
}
