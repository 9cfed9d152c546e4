import { printable } from '../../cli/output/printable.ts';
import type { Style } from '../../cli/output/style.ts';
import { textTable } from '../../cli/output/table.ts';
import { clipped, printableJson } from '../../client/text.ts';
import type { ValueChange } from '../../package/diff/value-changes.ts';
import { count } from '../pack/count.ts';
import { marked } from './diff-marks.ts';

/** So many of one file are shown. */
export const MOST_VALUES = 20;
const MOST_CHARACTERS = 60;

/** One line for each value: its place, and what it was and is. */
export function valuesText(values: readonly ValueChange[], style: Style): string {
  const rows = values
    .slice(0, MOST_VALUES)
    .map((change) => [
      `        ${marked(change.what, style)} ${printable(change.path || 'all of it')}`,
      valueText(change),
    ]);
  const more = values.length - rows.length;
  return `${textTable(rows)}${more > 0 ? `        … and ${count(more, 'value')} more (--json has all)\n` : ''}`;
}

function valueText({ what, before, after }: ValueChange): string {
  if (what === 'added') return shownValue(after);
  if (what === 'removed') return shownValue(before);
  return `${shownValue(before)} → ${shownValue(after)}`;
}

function shownValue(value: unknown): string {
  return clipped(printableJson(value), MOST_CHARACTERS);
}
