import { columnsOf, printable } from './printable.ts';
import { type Cell, joined, piecesOf } from './view.ts';

/** A cell that is wider does not move those of the other rows. */
const WIDEST = 60;

/**
 * Rows as lines whose cells stand below each other, as wide as a terminal shows them. The rows are asked for twice, so that
 * those of 60,000 files need not be kept.
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

/** A cell with blanks behind it, so that it takes so many columns. */
export function padded(cell: Cell, width: number): Cell {
  return joined(cell, ' '.repeat(Math.max(0, width - widthOf(cell))));
}

/** How many columns a terminal gives a cell. */
export function widthOf(cell: Cell): number {
  return piecesOf(cell)
    .map((piece) => columnsOf(printable(typeof piece === 'string' ? piece : piece.text)))
    .reduce((sum, columns) => sum + columns, 0);
}
