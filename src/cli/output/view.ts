/** How a piece of text looks where there is colour. */
export type Tone = 'good' | 'bad' | 'warn' | 'info' | 'dim' | 'bold';

/** A piece of text with its tone. */
export interface Toned {
  readonly text: string;
  readonly tone: Tone;
}

/** One line, or a part of one, out of plain and toned pieces. Its text may be anybody's: the renderer makes it harmless. */
export type Cell = string | Toned | readonly (string | Toned)[];

/** A label and what it names; several values are a row each. One whose value is empty text is left out. */
export type Fact = readonly [label: Cell, ...values: readonly Cell[]];

/** Rows in columns; they are asked for twice, so that long ones need not be kept. */
export interface Table {
  /** Left out: there is no line above the rows. */
  readonly head?: readonly string[];
  readonly rows: Iterable<readonly Cell[]>;
}

/** What is to be known or done: `note`, `warning`, `fix`. */
export interface Note {
  readonly label: Cell;
  readonly text: Cell;
  /** Further lines below the text. */
  readonly more?: readonly Cell[];
  /** It is there to be copied: no terminal is too narrow for it. */
  readonly whole?: true;
}

/** What people see, from the top: everything but `below` is moved to the right under a title. */
export interface View {
  readonly title?: Cell;
  readonly lines?: Iterable<Cell>;
  /** Lines of a file: their tabs stay. */
  readonly code?: Iterable<Cell>;
  readonly facts?: readonly Fact[];
  readonly table?: Table;
  readonly notes?: readonly Note[];
  readonly below?: Iterable<Cell>;
  /** Columns at which lines and notes are broken everywhere; left out: notes alone are, where a terminal is narrower. */
  readonly wrapAt?: number;
  /** In the place of everything else: a document that is printed as it is. */
  readonly raw?: string;
}

/** One view, or several with an empty line between them. */
export type Views = View | readonly View[];

const toned =
  (tone: Tone) =>
  (text: string): Toned => ({ text, tone });

export const good = toned('good');
export const bad = toned('bad');
export const warn = toned('warn');
export const info = toned('info');
export const dim = toned('dim');
export const bold = toned('bold');

/** Pieces and cells as one cell. */
export function joined(...cells: readonly Cell[]): Cell {
  return cells.flatMap((cell) => (isPieces(cell) ? cell : [cell]));
}

/** The same cell with other texts. */
export function mapped(cell: Cell, change: (text: string) => string): Cell {
  return piecesOf(cell).map((piece) =>
    typeof piece === 'string' ? change(piece) : { ...piece, text: change(piece.text) },
  );
}

/** The pieces of a cell. */
export function piecesOf(cell: Cell): readonly (string | Toned)[] {
  return isPieces(cell) ? cell : [cell];
}

function isPieces(cell: Cell): cell is readonly (string | Toned)[] {
  return Array.isArray(cell);
}

/** A note, its label dimmed. */
export function note(text: Cell): Note {
  return { label: dim('note'), text };
}

/** Why something is as it is, with the lines of whoever said it. */
export function why(text: string): Note {
  return { label: dim('why'), ...linesOf(text) };
}

/** What to do, with its commands. */
export function fix(text: string): Note {
  return { label: dim('fix'), ...linesOf(text), whole: true };
}

/** The lines of a text of our own, as a note has them. */
export function linesOf(text: string): Pick<Note, 'text' | 'more'> {
  const [first = '', ...more] = text.split('\n');
  return { text: first, more };
}

/** The same views below a title; the first one keeps its own. */
export function titled(title: Cell, views: Views): readonly View[] {
  const [first = {}, ...more] = viewList(views);
  return [{ title, ...first }, ...more];
}

/** The views as a list. */
export function viewList(views: Views): readonly View[] {
  return 'length' in views ? views : [views];
}
