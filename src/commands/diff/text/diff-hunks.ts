import { printable } from '../../../cli/output/printable.ts';
import { bad, bold, type Cell, dim, good, info } from '../../../cli/output/view.ts';
import type { PluginDiff } from '../../../package/diff/diff-plugins.ts';
import type { FileChange } from '../../../package/diff/file-changes.ts';
import type { SymbolFileChange } from '../../../package/diff/symbol-files.ts';
import type { Hunk, TextChange } from '../../../package/diff/text-patch.ts';
import { MOST_VALUES } from './diff-marks.ts';

const WHY = {
  binary: 'binary',
  large: 'larger than 256 KiB; not shown',
  rewritten: 'more than 1000 lines changed; not shown',
  enough: 'not shown after 20000 lines of others',
} as const satisfies Record<Extract<TextChange, { shown: false }>['why'], string>;

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
  return `${side}/${printable(path)}`;
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
