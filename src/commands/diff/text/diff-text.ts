import { printable } from '../../../cli/output/printable.ts';
import { modeText, sizeText } from '../../../cli/output/size.ts';
import type { Style } from '../../../cli/output/style.ts';
import { textTable, trimmedLines } from '../../../cli/output/table.ts';
import { paragraphs, type Text } from '../../../cli/output-pieces.ts';
import { plainLine } from '../../../client/http/text.ts';
import type { PluginDiff } from '../../../package/diff/diff-plugins.ts';
import type { FileChange } from '../../../package/diff/file-changes.ts';
import type { FactChange } from '../../../package/diff/plugin-facts.ts';
import type { FileState } from '../../../package/diff/side-reader.ts';
import type { SideSummary } from '../../../package/diff/side-summary.ts';
import type { SymbolChange, SymbolFileChange } from '../../../package/diff/symbol-files.ts';
import type { ValueChange } from '../../../package/diff/value-changes.ts';
import { addFoldersAbove } from '../../../package/plan/assemble.ts';
import { count } from '../../pack/count.ts';
import { hunksText, valuesText } from './diff-hunks-text.ts';
import { type Mark, marked } from './diff-marks.ts';

export interface DiffLook {
  /** Leave out the lines that changed in the files. */
  readonly stat: boolean;
  readonly style: Style;
}

/** What `diff` prints of two plugins. */
export function pluginDiffText(found: PluginDiff, { stat, style }: DiffLook): Text {
  const { before, after, same } = found;
  if (same) return sameText(found);
  return paragraphs([
    headText(before, after, style),
    warningText(found, style),
    section('identity', factsText(found.facts, style), style),
    section('symbols', symbolsText(found.symbols, style), style),
    titled(style.bold('files'), filesText(found.files, style)),
    section('not sure', problemsText(found, true, style), style),
    section('not read', problemsText(found, false, style), style),
    stat ? '' : hunksText(found, style),
    `${filesTotal(found.files)}\n`,
  ]);
}

/** Lines with a heading; nothing where there are none. */
function* titled(title: string, lines: Iterable<string>): Generator<string> {
  let heading = `${title}\n`;
  for (const line of lines) {
    yield heading + line;
    heading = '';
  }
}

/** A heading with its lines below; nothing where there are none. */
export function section(title: string, lines: string, style: Style): string {
  return lines === '' ? '' : `${style.bold(title)}\n${lines}`;
}

function sameText({ before, after }: PluginDiff): string {
  const digest = after.contentDigest ?? '';
  return `${printable(before.label)} and ${printable(after.label)} hold the same (content ${digest.slice(0, 12)})\n`;
}

function headText(before: SideSummary, after: SideSummary, style: Style): string {
  return textTable([
    [style.red('---'), printable(before.label), style.dim(summary(before))],
    [style.green('+++'), printable(after.label), style.dim(summary(after))],
  ]);
}

/** `pysam 1.1.0, 12 files, 34 kB, content 0a1b2c3d` */
export function summary(side: SideSummary): string {
  const { facts, files, unpackedSize, contentDigest, unread } = side;
  const nameless = unread === undefined ? 'no manifest' : 'a manifest that cannot be read';
  const who = plainLine(`${facts.name ?? nameless} ${facts.version ?? ''}`);
  const digest = contentDigest === null ? '' : `, content ${contentDigest.slice(0, 8)}`;
  return `${who}, ${count(files, 'file')}, ${sizeText(unpackedSize)}${digest}`;
}

function warningText({ before, after }: PluginDiff, style: Style): string {
  const [was, is] = [before.facts.name, after.facts.name];
  if (was === is || was === null || is === null) return '';
  return `${style.yellow('warning')} these are two plugins, ${plainLine(was)} and ${plainLine(is)}: one does not take the place of the other\n`;
}

/** `version  1.0.0 → 1.1.0`, one line for each fact. */
export function factsText(facts: readonly FactChange[], style: Style): string {
  return textTable(
    facts.map(({ fact, before, after }) => [
      `  ${style.yellow('~')} ${fact}`,
      `${shownFact(before)} → ${shownFact(after)}`,
    ]),
  );
}

function shownFact(value: string | null): string {
  return value === null ? 'none' : plainLine(value);
}

/** Symbols that come and go, and what changes in the files of those that stay. */
export function symbolsText(
  symbols: {
    readonly added: PluginDiff['symbols']['added'];
    readonly removed: PluginDiff['symbols']['removed'];
    readonly changed: readonly SymbolChange[];
  },
  style: Style,
): string {
  const line = (mark: Mark) => (symbol: PluginDiff['symbols']['added'][number]) =>
    `  ${marked(mark, style)} ${symbol.kind} ${plainLine(symbol.name)}\n`;
  return [
    ...symbols.removed.map(line('removed')),
    ...symbols.added.map(line('added')),
    ...symbols.changed.map(
      ({ symbol, files }) =>
        line('changed')(symbol) + files.map((file) => symbolFileText(file, style)).join(''),
    ),
  ].join('');
}

function symbolFileText({ path, what, values, read }: SymbolFileChange, style: Style): string {
  const note = symbolFileNote(what, values, read);
  const head = `      ${printable(path)}${note === '' ? '' : ` ${style.dim(note)}`}\n`;
  return head + valuesText(values, style);
}

function symbolFileNote(
  what: SymbolFileChange['what'],
  values: readonly ValueChange[],
  read: boolean,
): string {
  if (what !== 'changed') return what;
  if (!read) return 'cannot be read on both sides; its text changed';
  return values.length === 0 ? 'says the same in another way' : '';
}

function problemsText(
  { problems, before, after }: PluginDiff,
  read: boolean,
  style: Style,
): string {
  return problems
    .filter((problem) => problem.read === read)
    .map(({ side, entry, detail }) => {
      const label = side === 'before' ? before.label : after.label;
      const where = entry === null ? label : `${label}: ${entry}`;
      return `  ${style.yellow('!')} ${printable(where)}: ${printable(detail)}\n`;
    })
    .join('');
}

/** One line for each file that came, went or changed: sizes, digests, modes. */
export function filesText(changes: readonly FileChange[], style: Style): Iterable<string> {
  const shown = shownChanges(changes);
  return trimmedLines({
    *[Symbol.iterator]() {
      for (const change of shown) {
        yield [
          `  ${marked(change.what, style)} ${printable(nameOf(change))}`,
          ...cells(change).map((cell, column) => (column === 2 ? style.dim(cell) : cell)),
        ];
      }
    },
  });
}

/** `3 files differ: 1 changed, 1 added, 1 removed` */
export function filesTotal(all: readonly FileChange[]): string {
  const changes = shownChanges(all);
  if (changes.length === 0) return 'no file differs';
  const parts = (['changed', 'added', 'removed'] as const).flatMap((what) => {
    const number = changes.filter((change) => change.what === what).length;
    return number === 0 ? [] : [`${number} ${what}`];
  });
  const total = changes.length === 1 ? '1 file differs' : `${changes.length} files differ`;
  return `${total}: ${parts.join(', ')}`;
}

/** A folder that comes or goes with a file in it says nothing more. */
function shownChanges(changes: readonly FileChange[]): readonly FileChange[] {
  const folders = {
    added: new Set<string>(),
    removed: new Set<string>(),
    changed: new Set<string>(),
  };
  for (const { path, what, before, after } of changes) {
    if ((after ?? before)?.kind !== 'directory') addFoldersAbove(path, folders[what]);
  }
  return changes.filter(({ path, what, before, after }) => {
    const isFolder = (after ?? before)?.kind === 'directory';
    return !isFolder || what === 'changed' || !folders[what].has(path);
  });
}

function nameOf({ path, before, after }: FileChange): string {
  const isFolder = (after ?? before)?.kind === 'directory';
  const name = isFolder ? `${path}/` : path;
  if ((before?.rawName ?? null) === (after?.rawName ?? null)) return after?.rawName ?? name;
  return `${before?.rawName ?? path} → ${after?.rawName ?? path}`;
}

/** Size, mode and kind, digest: those of the one side there is, or what became of them. */
function cells({ before, after }: FileChange): readonly string[] {
  if (before !== null && after !== null) return both(before, after);
  const state = after ?? before;
  return state === null ? [] : [sizeOf(state), modeOf(state), digestOf(state)];
}

function both(before: FileState, after: FileState): readonly string[] {
  const modes = [modeOf(before), modeOf(after)];
  const isOther = before.sha256 !== after.sha256;
  return [
    isOther ? `${sizeOf(before)} → ${sizeOf(after)}` : sizeOf(after),
    modes[0] === modes[1] ? '' : modes.join(' → '),
    isOther ? `${digestOf(before)} → ${digestOf(after)}` : digestOf(after),
  ];
}

function modeOf({ mode, kind }: FileState): string {
  const word = kind === 'symlink' ? ' link' : kind === 'other' ? ' special' : '';
  return `${modeText(mode)}${word}`;
}

function sizeOf({ kind, size }: FileState): string {
  return kind === 'directory' ? '' : sizeText(size);
}

function digestOf({ kind, sha256 }: FileState): string {
  if (kind === 'directory') return '';
  return sha256?.slice(0, 8) ?? 'unreadable';
}
