import { count } from '../../../cli/output/number-text.ts';
import { inColumns } from '../../../cli/output/render.ts';
import {
  bad,
  bold,
  type Cell,
  dim,
  good,
  info,
  joined,
  type Toned,
  type View,
  warn,
} from '../../../cli/output/view.ts';
import { clipped, plainLine, printableJson } from '../../../client/http/foreign-text.ts';
import type { ConfigChange } from '../../../deploy/diff/config-changes.ts';
import { visibleLine } from '../../../model/printable.ts';
import type { PluginDiff, SymbolFileChange } from '../../../package/diff/diff-plugins.ts';
import type { FileChange } from '../../../package/diff/file-changes.ts';
import type { Hunk, TextChange } from '../../../package/diff/text-patch.ts';
import type { ValueChange } from '../../../package/diff/value-changes.ts';

export type Mark = 'added' | 'removed' | 'changed';

const MARKS = {
  added: { text: '+', tone: 'good' },
  removed: { text: '-', tone: 'bad' },
  changed: { text: '~', tone: 'warn' },
} as const satisfies Record<Mark, Toned>;

/** Maximum number of values that are shown for a file. */
const MOST_VALUES = 20;

/** Longer values are cut. */
const MOST_CHARACTERS = 60;

/** Why the lines of a file are not shown. */
const WHY = {
  binary: 'binary',
  large: 'larger than 256 KiB; not shown',
  rewritten: 'more than 1000 lines changed; not shown',
  enough: 'not shown after 20000 lines of others',
} as const satisfies Record<Extract<TextChange, { shown: false }>['why'], string>;

/** `+`, `-` or `~` in its colour. */
export function marked(what: Mark): Toned {
  return MARKS[what];
}

/** A heading with lines below it; empty when there are no lines. */
export function section(title: string, lines: readonly Cell[]): View {
  return lines.length === 0 ? {} : { title: bold(title), lines };
}

/** Indents lines. */
export function deeper(blanks: number, lines: Iterable<Cell>): Cell[] {
  return Array.from(lines, (line) => joined(' '.repeat(blanks), line));
}

/** A line with the label `warning`. */
export function warningLine(text: string): Cell {
  return [warn('warning'), ` ${text}`];
}

/** One line for each value: its path, old and new value. */
export function valueLines(values: readonly ValueChange[]): Cell[] {
  const rows = values
    .slice(0, MOST_VALUES)
    .map((change): Cell[] => [
      [marked(change.what), ` ${change.path || 'all of it'}`],
      valueText(change),
    ]);
  const more = values.length - rows.length;
  return [
    ...inColumns(rows),
    ...(more > 0 ? [`… and ${count(more, 'value')} more (--json has all)`] : []),
  ];
}

function valueText({ what, before, after }: ValueChange): string {
  if (what === 'added') return shownValue(after);
  if (what === 'removed') return shownValue(before);
  return `${shownValue(before)} → ${shownValue(after)}`;
}

function shownValue(value: unknown): string {
  return clipped(printableJson(value), MOST_CHARACTERS);
}

/** The settings of sources that differ, and those that cannot be compared. */
export function configLines(config: readonly ConfigChange[]): Cell[] {
  return config.flatMap(({ source, values, hidden, unknown }): Cell[] => {
    const mark = values.length > 0 ? marked('changed') : dim('?');
    const names = hidden.map(plainLine).join(', ');
    const below = [
      ...valueLines(values),
      ...(unknown === null ? [] : [dim(`not compared: ${plainLine(unknown)}`)]),
      ...(names === '' ? [] : [dim(`not compared, because eKuiper hides it: ${names}`)]),
    ];
    return [[mark, ` source ${plainLine(source)}`], ...deeper(6, below)];
  });
}

/** The changed lines of each file as a unified diff, without files whose changed values are all listed already. */
export function* hunkLines({ files, symbols }: PluginDiff): Generator<Cell> {
  const symbolFiles = symbols.changed.flatMap((symbol) => symbol.files);
  const told = new Set(symbolFiles.filter(isTold).map(({ path }) => path));
  for (const change of files) if (!told.has(change.path)) yield* fileLines(change);
}

function isTold({ values }: SymbolFileChange): boolean {
  return values.length > 0 && values.length <= MOST_VALUES;
}

function* fileLines({ path, text, before, after }: FileChange): Generator<Cell> {
  if (text === null || (text.shown && text.hunks.length === 0)) return;
  yield bold(`--- ${before === null ? '/dev/null' : nameOf('a', path)}`);
  yield bold(`+++ ${after === null ? '/dev/null' : nameOf('b', path)}`);
  if (!text.shown) yield dim(`(${WHY[text.why]})`);
  else for (const hunk of text.hunks) yield* linesOfHunk(hunk);
}

/** The path in a header of the diff; its tabs are escaped. */
function nameOf(side: 'a' | 'b', path: string): string {
  return `${side}/${visibleLine(path)}`;
}

function* linesOfHunk(hunk: Hunk): Generator<Cell> {
  const { beforeStart, beforeLines, afterStart, afterLines, lines } = hunk;
  yield info(`@@ -${range(beforeStart, beforeLines)} +${range(afterStart, afterLines)} @@`);
  for (const line of lines) yield lineCell(line);
}

/** The range as in diff and git: an empty one begins at the line before it. */
function range(start: number, lines: number): string {
  if (lines === 1) return String(start);
  return `${lines === 0 ? start - 1 : start},${lines}`;
}

function lineCell(line: string): Cell {
  if (line.startsWith('+')) return good(line);
  if (line.startsWith('-')) return bad(line);
  return line.startsWith('\\') ? dim(line) : line;
}
