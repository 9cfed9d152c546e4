import { printable } from '../../cli/output/printable.ts';
import type { Style } from '../../cli/output/style.ts';
import { visibleText } from '../../client/text.ts';
import type { PluginDiff } from '../../package/diff/diff-plugins.ts';
import type { FileChange } from '../../package/diff/file-changes.ts';
import type { SymbolFileChange } from '../../package/diff/symbol-files.ts';
import type { Hunk, TextChange } from '../../package/diff/text-patch.ts';
import { MOST_VALUES } from './diff-values-text.ts';

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
