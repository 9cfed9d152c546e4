import { columnsOf, printable } from './printable.ts';
import { type Cell, joined, piecesOf } from './view.ts';

/** Maximum column width; a wider cell does not move the columns of other rows. */
const WIDEST = 60;

/**
 * Formats rows as lines with aligned columns, in terminal columns. Iterates over the rows twice, so that the rows of
 * 60,000 files need not be in memory.
 */
export function* inColumns(rows: Iterable<readonly Cell[]>): Generator<Cell> {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, Math.min(widthOf(cell), WIDEST));
    });
  }
  for (const row of rows) {
    const last = row.length - 1;
    yield joined(
      ...row.flatMap((cell, column) =>
        column === last ? [cell] : [padded(cell, widths[column] ?? 0), '  '],
      ),
    );
  }
}

/** Pads a cell with spaces to a width in terminal columns. */
export function padded(cell: Cell, width: number): Cell {
  return joined(cell, ' '.repeat(Math.max(0, width - widthOf(cell))));
}

/** The width of a cell in terminal columns. */
export function widthOf(cell: Cell): number {
  return piecesOf(cell)
    .map((piece) => columnsOf(printable(typeof piece === 'string' ? piece : piece.text)))
    .reduce((sum, columns) => sum + columns, 0);
}
