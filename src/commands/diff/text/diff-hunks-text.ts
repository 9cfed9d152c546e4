import { printable } from '../../../cli/output/printable.ts';
import type { Style } from '../../../cli/output/style.ts';
import { textTable } from '../../../cli/output/table.ts';
import { clipped, printableJson, visibleText } from '../../../client/http/text.ts';
import type { PluginDiff } from '../../../package/diff/diff-plugins.ts';
import type { FileChange } from '../../../package/diff/file-changes.ts';
import type { SymbolFileChange } from '../../../package/diff/symbol-files.ts';
import type { Hunk, TextChange } from '../../../package/diff/text-patch.ts';
import type { ValueChange } from '../../../package/diff/value-changes.ts';
import { count } from '../../pack/count.ts';
import { marked } from './diff-marks.ts';

/** So many of one file are shown. */
const MOST_VALUES = 20;

const MOST_CHARACTERS = 60;

const WHY = {
  binary: 'binary',
  large: 'larger than 256 KiB; not shown',
  rewritten: 'more than 1000 lines changed; not shown',
  enough: 'not shown after 20000 lines of others',
} as const satisfies Record<Extract<TextChange, { shown: false }>['why'], string>;

/** The lines that changed, file by file, as a unified diff; without files of which every value was told already. */
export function* hunksText({ files, symbols }: PluginDiff, style: Style): Generator<string> {
  const symbolFiles = symbols.changed.flatMap((symbol) => symbol.files);
  const told = new Set(symbolFiles.filter(isTold).map(({ path }) => path));
  for (const change of files) if (!told.has(change.path)) yield fileText(change, style);
}

function isTold({ values }: SymbolFileChange): boolean {
  return values.length > 0 && values.length <= MOST_VALUES;
}

function fileText({ path, text, before, after }: FileChange, style: Style): string {
  if (text === null || (text.shown && text.hunks.length === 0)) return '';
  const head = [
    style.bold(`--- ${before === null ? '/dev/null' : `a/${printable(path)}`}`),
    style.bold(`+++ ${after === null ? '/dev/null' : `b/${printable(path)}`}`),
  ];
  const body = text.shown
    ? text.hunks.flatMap((hunk) => hunkLines(hunk, style))
    : [style.dim(`(${WHY[text.why]})`)];
  return `${[...head, ...body].join('\n')}\n`;
}

function hunkLines(hunk: Hunk, style: Style): string[] {
  const { beforeStart, beforeLines, afterStart, afterLines, lines } = hunk;
  const at = `@@ -${range(beforeStart, beforeLines)} +${range(afterStart, afterLines)} @@`;
  return [style.cyan(at), ...lines.map((line) => painted(visibleText(line), style))];
}

/** As diff and git write it: no lines are those behind the line before. */
function range(start: number, lines: number): string {
  if (lines === 1) return String(start);
  return `${lines === 0 ? start - 1 : start},${lines}`;
}

function painted(line: string, style: Style): string {
  if (line.startsWith('+')) return style.green(line);
  if (line.startsWith('-')) return style.red(line);
  return line.startsWith('\\') ? style.dim(line) : line;
}

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
