/** The meaning of a piece of text, which decides its colour. */
export type Tone = 'good' | 'bad' | 'warn' | 'info' | 'dim' | 'bold';

/** A piece of text with its tone. */
export interface Toned {
  readonly text: string;
  readonly tone: Tone;
}

/** One line or a part of it, of plain and coloured pieces. Text may be untrusted: the renderer escapes it. */
export type Cell = string | Toned | readonly (string | Toned)[];

/** A label and its value; each further value is a row of its own. Facts with an empty value are left out. */
export type Fact = readonly [label: Cell, ...values: readonly Cell[]];

/** Rows in aligned columns; iterated over twice, so that long tables need not be in memory. */
export interface Table {
  /** The header; left out: no header. */
  readonly head?: readonly string[];
  readonly rows: Iterable<readonly Cell[]>;
}

/** A labelled text: `note`, `warning`, `fix`. */
export interface Note {
  readonly label: Cell;
  readonly text: Cell;
  /** Further lines below the text. */
  readonly more?: readonly Cell[];
  /** Never wrapped, so that it can be copied. */
  readonly whole?: true;
}

/** What is printed, in the order of these fields; under a title all but `below` is indented. */
export interface View {
  readonly title?: Cell;
  readonly lines?: Iterable<Cell>;
  /** Lines of a file; their tabs are kept. */
  readonly code?: Iterable<Cell>;
  readonly facts?: readonly Fact[];
  readonly table?: Table;
  readonly notes?: readonly Note[];
  readonly below?: Iterable<Cell>;
  /** Wraps lines and notes at this column; left out: only notes are wrapped, at the terminal width. */
  readonly wrapAt?: number;
  /** A document that is printed unchanged, instead of all other fields. */
  readonly raw?: string;
}

/** One view, or several separated by an empty line. */
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

/** Concatenates cells. */
export function joined(...cells: readonly Cell[]): Cell {
  return cells.flatMap((cell) => (isPieces(cell) ? cell : [cell]));
}

/** Applies a function to the text of each piece. */
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

/** A note with a dimmed label. */
export function note(text: Cell): Note {
  return { label: dim('note'), text };
}

/** The reason, with the lines of the quoted text. */
export function why(text: string): Note {
  return { label: dim('why'), ...linesOf(text) };
}

/** The fix, with its commands. */
export function fix(text: string): Note {
  return { label: dim('fix'), ...linesOf(text), whole: true };
}

/** Splits a text of kplugin's own into the lines of a note. */
export function linesOf(text: string): Pick<Note, 'text' | 'more'> {
  const [first = '', ...more] = text.split('\n');
  return { text: first, more };
}

/** Adds a title to the first view, unless it has one. */
export function titled(title: Cell, views: Views): readonly View[] {
  const [first = {}, ...more] = viewList(views);
  return [{ title, ...first }, ...more];
}

/** Converts to a list of views. */
export function viewList(views: Views): readonly View[] {
  return 'length' in views ? views : [views];
}
