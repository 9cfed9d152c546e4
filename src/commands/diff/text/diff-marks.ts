import { inColumns } from '../../../cli/output/columns.ts';
import {
  bold,
  type Cell,
  dim,
  joined,
  type Toned,
  type View,
  warn,
} from '../../../cli/output/view.ts';
import { clipped, plainLine, printableJson } from '../../../client/http/text.ts';
import type { ConfigChange } from '../../../deploy/diff/config-changes.ts';
import type { ValueChange } from '../../../package/diff/value-changes.ts';
import { count } from '../../pack/count.ts';

export type Mark = 'added' | 'removed' | 'changed';

const MARKS = {
  added: { text: '+', tone: 'good' },
  removed: { text: '-', tone: 'bad' },
  changed: { text: '~', tone: 'warn' },
} as const satisfies Record<Mark, Toned>;

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

/** Maximum number of values that are shown for a file. */
export const MOST_VALUES = 20;

const MOST_CHARACTERS = 60;

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

/** A line with the label `warning`. */
export function warningLine(text: string): Cell {
  return [warn('warning'), ` ${text}`];
}
