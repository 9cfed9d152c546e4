import { printable } from '../../cli/output/printable.ts';
import { modeText, sizeText } from '../../cli/output/size.ts';
import type { Style } from '../../cli/output/style.ts';
import { trimmedLines } from '../../cli/output/table.ts';
import type { FileChange } from '../../package/diff/file-changes.ts';
import type { FileState } from '../../package/diff/side-reader.ts';
import { addFoldersAbove } from '../../package/plan/assemble.ts';
import { marked } from './diff-marks.ts';

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
