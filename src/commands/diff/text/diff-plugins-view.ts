import { count, modeText, sizeText } from '../../../cli/output/number-text.ts';
import { bad, bold, type Cell, dim, good, type View, warn } from '../../../cli/output/view.ts';
import { plainLine } from '../../../client/http/foreign-text.ts';
import type {
  PluginDiff,
  SymbolChange,
  SymbolFileChange,
} from '../../../package/diff/diff-plugins.ts';
import type { FileChange, FileState } from '../../../package/diff/file-changes.ts';
import type { FactChange } from '../../../package/diff/identity-changes.ts';
import type { SideSummary } from '../../../package/diff/plugin-side.ts';
import type { ValueChange } from '../../../package/diff/value-changes.ts';
import { addFoldersAbove } from '../../../package/plan/planned-entries.ts';
import {
  deeper,
  hunkLines,
  type Mark,
  marked,
  section,
  valueLines,
  warningLine,
} from './diff-lines.ts';

/** The views of a comparison of two plugins. `stat`: without the changed lines of files. */
export function pluginDiffViews(found: PluginDiff, stat: boolean): readonly View[] {
  const { before, after, same } = found;
  if (same) return [{ lines: [sameText(found)] }];
  return [
    headView([before.label, dim(summary(before))], [after.label, dim(summary(after))]),
    { lines: warningOf(found) },
    factsView(found.facts),
    section('symbols', symbolLines(found.symbols)),
    filesView(found.files),
    section('not sure', problemLines(found, true)),
    section('not read', problemLines(found, false)),
    stat ? {} : { code: hunkLines(found) },
    { lines: [filesTotal(found.files)] },
  ];
}

/** The two sides. */
export function headView(before: readonly Cell[], after: readonly Cell[]): View {
  return {
    table: {
      rows: [
        [bad('---'), ...before],
        [good('+++'), ...after],
      ],
    },
  };
}

function sameText({ before, after }: PluginDiff): string {
  const digest = after.contentDigest ?? '';
  return `${before.label} and ${after.label} hold the same (content ${digest.slice(0, 12)})`;
}

/** `pysam 1.1.0, 12 files, 34 kB, content 0a1b2c3d` */
export function summary(side: SideSummary): string {
  const { facts, files, unpackedSize, contentDigest, unread } = side;
  const nameless = unread === undefined ? 'no manifest' : 'a manifest that cannot be read';
  const who = plainLine(`${facts.name ?? nameless} ${facts.version ?? ''}`);
  const digest = contentDigest === null ? '' : `, content ${contentDigest.slice(0, 8)}`;
  return `${who}, ${count(files, 'file')}, ${sizeText(unpackedSize)}${digest}`;
}

function warningOf({ before, after }: PluginDiff): readonly Cell[] {
  const [was, is] = [before.facts.name, after.facts.name];
  if (was === is || was === null || is === null) return [];
  const names = `${plainLine(was)} and ${plainLine(is)}`;
  return [warningLine(`these are two plugins, ${names}: one does not take the place of the other`)];
}

/** `version  1.0.0 → 1.1.0`, one line for each property. */
export function factsView(facts: readonly FactChange[]): View {
  if (facts.length === 0) return {};
  return {
    title: bold('identity'),
    table: {
      rows: facts.map(({ fact, before, after }) => [
        [marked('changed'), ` ${fact}`],
        `${shownFact(before)} → ${shownFact(after)}`,
      ]),
    },
  };
}

function shownFact(value: string | null): string {
  return value === null ? 'none' : plainLine(value);
}

/** Symbols that were added or removed, and the changed files of the others. */
export function symbolLines(
  symbols: Pick<PluginDiff['symbols'], 'added' | 'removed'> & {
    readonly changed: readonly SymbolChange[];
  },
): Cell[] {
  const line = (mark: Mark, { kind, name }: SymbolChange['symbol']): Cell => [
    marked(mark),
    ` ${kind} ${plainLine(name)}`,
  ];
  return [
    ...symbols.removed.map((symbol) => line('removed', symbol)),
    ...symbols.added.map((symbol) => line('added', symbol)),
    ...symbols.changed.flatMap(({ symbol, files }) => [
      line('changed', symbol),
      ...files.flatMap(symbolFileLines),
    ]),
  ];
}

function symbolFileLines({ path, what, values, read }: SymbolFileChange): Cell[] {
  const note = symbolFileNote(what, values, read);
  return [[`    ${path}`, dim(note === '' ? '' : ` ${note}`)], ...deeper(6, valueLines(values))];
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

function problemLines({ problems, before, after }: PluginDiff, read: boolean): Cell[] {
  return problems
    .filter((problem) => problem.read === read)
    .map(({ side, entry, detail }) => {
      const label = side === 'before' ? before.label : after.label;
      const where = entry === null ? label : `${label}: ${entry}`;
      return [warn('!'), ` ${where}: ${detail}`];
    });
}

/** One line for each added, removed or changed file: size, digest, mode. */
export function filesView(changes: readonly FileChange[]): View {
  const shown = shownChanges(changes);
  if (shown.length === 0) return {};
  return {
    title: bold('files'),
    table: {
      rows: {
        *[Symbol.iterator]() {
          for (const change of shown) yield fileCells(change);
        },
      },
    },
  };
}

function fileCells(change: FileChange): Cell[] {
  const [size = '', mode = '', digest = ''] = cells(change);
  return [[marked(change.what), ` ${nameOf(change)}`], size, mode, dim(digest)];
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

/** Omits directories that are added or removed together with a file in them. */
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

/** Size, mode with type, and digest: of the only side, or the change between both. */
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
