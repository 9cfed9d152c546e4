import fastStringWidth from 'fast-string-width';
import { visible, visibleLine } from '../../model/printable.ts';
import { PLAIN, type Style, styleFor, wantsColor } from './terminal-codes.ts';
import {
  type Cell,
  type Fact,
  joined,
  type Note,
  piecesOf,
  type Table,
  type Tone,
  type View,
  type Views,
  viewList,
} from './view.ts';

/** Maximum line length, even on wider terminals, for readability. */
const WIDEST_LINE = 110;

/** Maximum column width; a wider cell does not move the columns of other rows. */
const WIDEST_COLUMN = 60;

/** On narrower terminals lines are not wrapped by kplugin. */
const NARROWEST = 40;

const INDENT = '  ';

/** The width of the labels `note`, `why` and `fix`, so that their texts are aligned. */
const NOTE_WIDTH = 4;

const PAINT: Readonly<Record<Tone, keyof Style>> = {
  good: 'green',
  bad: 'red',
  warn: 'yellow',
  info: 'cyan',
  dim: 'dim',
  bold: 'bold',
};

/** The format of an output stream. */
export interface OutputFormat {
  readonly style: Style;
  /** Width of the terminal; null when the stream is no terminal. */
  readonly columns: number | null;
}

/** Without colour and terminal width. */
export const PLAIN_FORMAT: OutputFormat = { style: PLAIN, columns: null };

/** The format for a stream. `color` is false under `--no-color`. */
export async function outputFormat(
  { isTTY = false, columns }: { readonly isTTY?: boolean; readonly columns?: number },
  color: boolean,
  env: Parameters<typeof wantsColor>[1],
): Promise<OutputFormat> {
  const style = await styleFor(wantsColor(color, env, isTTY));
  return { style, columns: isTTY ? (columns ?? null) : null };
}

/**
 * Renders views as lines, lazily, each with its line feed. The only place where control characters in cells are
 * escaped.
 */
export function* renderText(views: Views, format: OutputFormat): Generator<string> {
  let isFirst = true;
  for (const view of viewList(views)) {
    let isBegun = false;
    for (const line of view.raw === undefined ? linesOfView(view, format) : [view.raw]) {
      if (line === '') continue;
      if (!isBegun && !isFirst) yield '\n';
      isBegun = true;
      isFirst = false;
      yield line;
    }
  }
}

/** Like {@link renderText}, as one string. */
export function textOf(views: Views, format: OutputFormat): string {
  return Array.from(renderText(views, format)).join('');
}

function painted(cell: Cell, style: Style, escaped: (text: string) => string): string {
  return piecesOf(cell)
    .map((piece) => {
      if (typeof piece === 'string') return escaped(piece);
      return piece.text === '' ? '' : style[PAINT[piece.tone]](escaped(piece.text));
    })
    .join('');
}

/** A line of a file; its tabs are kept. */
function codeLine(text: string): string {
  return visible(text).replaceAll('\n', '\\x0a');
}

function* linesOfView(view: View, { style, columns }: OutputFormat): Generator<string> {
  const { title, wrapAt } = view;
  const indent = title === undefined ? '' : INDENT;
  const room =
    Math.min(wrapAt ?? WIDEST_LINE, Math.max(columns ?? WIDEST_LINE, NARROWEST)) - indent.length;
  const lineOf = (cell: Cell): string => painted(cell, style, visibleLine);
  const moved = (line: string): string => (line === '' ? '\n' : `${indent}${line}\n`);
  if (title !== undefined) yield `${lineOf(title)}\n`;
  for (const cell of view.lines ?? []) {
    const line = lineOf(cell);
    yield* (wrapAt === undefined ? [line] : wrapped(line, room)).map(moved);
  }
  for (const cell of view.code ?? []) yield moved(painted(cell, style, codeLine));
  for (const cell of inColumns(factRows(view.facts ?? []))) yield moved(lineOf(cell).trimEnd());
  if (view.table) {
    for (const cell of inColumns(rowsOf(view.table))) yield moved(lineOf(cell).trimEnd());
  }
  const isBroken = columns !== null || wrapAt !== undefined;
  for (const one of view.notes ?? []) {
    yield* noteLines(one, isBroken ? room : null, lineOf).map(moved);
  }
  for (const cell of view.below ?? []) yield `${lineOf(cell)}\n`;
}

/** Wraps a line. Commands (to be copied) and indented lines are not wrapped. */
function wrapped(line: string, room: number): string[] {
  return /^(?:kplugin | )/.test(line) ? [line] : paragraph(line, room);
}

function factRows(facts: readonly Fact[]): readonly (readonly Cell[])[] {
  return facts.flatMap(([label, ...values]) =>
    values
      .filter((value) => widthOf(value) > 0)
      .map((value, at) => {
        const shown: Cell = typeof label === 'string' ? { text: label, tone: 'dim' } : label;
        return [at === 0 ? shown : '', value];
      }),
  );
}

function rowsOf({ head, rows }: Table): Iterable<readonly Cell[]> {
  if (head === undefined) return rows;
  const first = head.map((text): Cell => ({ text, tone: 'dim' }));
  return {
    *[Symbol.iterator]() {
      yield first;
      yield* rows;
    },
  };
}

/** `room`: columns for label and text; null: no wrapping. */
function noteLines(
  { label, text, more = [], whole }: Note,
  room: number | null,
  lineOf: (cell: Cell) => string,
): string[] {
  const width = Math.max(NOTE_WIDTH, widthOf(label)) + 1;
  const lines = [text, ...more].map(lineOf);
  const isWhole = room === null || whole === true;
  const broken = isWhole ? lines : lines.flatMap((line) => wrapped(line, room - width));
  const [first = '', ...others] = broken;
  return [
    `${lineOf(padded(label, width))}${first}`,
    ...others.map((line) => (line === '' ? '' : ' '.repeat(width) + line)),
  ];
}

/** Wraps a text at spaces to a width in terminal columns; a longer word gets its own line. */
function paragraph(text: string, columns: number): string[] {
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

/**
 * Formats rows as lines with aligned columns, in terminal columns. Iterates over the rows twice, so that the rows of
 * 60,000 files need not be in memory.
 */
export function* inColumns(rows: Iterable<readonly Cell[]>): Generator<Cell> {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, Math.min(widthOf(cell), WIDEST_COLUMN));
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
function padded(cell: Cell, width: number): Cell {
  return joined(cell, ' '.repeat(Math.max(0, width - widthOf(cell))));
}

/** The width of a cell in terminal columns. */
function widthOf(cell: Cell): number {
  return piecesOf(cell)
    .map((piece) => columnsOf(visibleLine(typeof piece === 'string' ? piece : piece.text)))
    .reduce((sum, columns) => sum + columns, 0);
}

/**
 * The width of a text in terminal columns: two for East Asian wide characters and emoji, none for combining marks and
 * colours.
 */
export function columnsOf(text: string): number {
  return fastStringWidth(text);
}
