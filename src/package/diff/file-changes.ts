import { compareText } from '../../model/finding.ts';
import { unpackedMode } from '../digest-view.ts';
import type { PluginSide } from './plugin-side.ts';
import { type FileProblem, type FileState, type Read, SideReader } from './side-reader.ts';
import type { TextChange, TextPatches } from './text-patch.ts';

export interface FileChange {
  readonly path: string;
  readonly what: 'added' | 'removed' | 'changed';
  readonly before: FileState | null;
  readonly after: FileState | null;
  /** The changes of the text; null when only its mode or name changed, or when the file was added or removed. */
  readonly text: TextChange | null;
}

export interface FilesCompared {
  readonly changes: readonly FileChange[];
  /** SHA-256 of the whole content, hex; null when part of it cannot be read. */
  readonly digests: { readonly before: string | null; readonly after: string | null };
  readonly problems: readonly FileProblem[];
}

/** eKuiper runs this script at installation, so its text is shown also when it is added or removed. */
const INSTALL_SCRIPT = 'install.sh';

/**
 * Compares all entries by path. Reads each file once, one side after the other, and releases it, so that memory stays
 * constant; large files are streamed.
 */
export async function compareFiles(
  before: PluginSide,
  after: PluginSide,
  patches: TextPatches,
): Promise<FilesCompared> {
  const paths = [...new Set([...before.entries.keys(), ...after.entries.keys()])].sort(compareText);
  const readers = { before: new SideReader(before), after: new SideReader(after) };
  const changes: FileChange[] = [];
  for (const path of paths) {
    const [was, is] = [await readers.before.read(path), await readers.after.read(path)];
    const change = await changeOf(path, was, is, patches);
    if (change !== null) changes.push(change);
  }
  return {
    changes,
    digests: { before: readers.before.digest(), after: readers.after.digest() },
    problems: [...readers.before.problemsOf('before'), ...readers.after.problemsOf('after')],
  };
}

async function changeOf(
  path: string,
  was: Read | null,
  is: Read | null,
  patches: TextPatches,
): Promise<FileChange | null> {
  if (was !== null && is !== null && isSame(was.state, is.state)) return null;
  return {
    path,
    what: was === null ? 'added' : is === null ? 'removed' : 'changed',
    before: was?.state ?? null,
    after: is?.state ?? null,
    text: await textOf(path, was, is, patches),
  };
}

async function textOf(
  path: string,
  was: Read | null,
  is: Read | null,
  patches: TextPatches,
): Promise<TextChange | null> {
  const both = was !== null && is !== null;
  if (!both && path !== INSTALL_SCRIPT) return null;
  const sides = [was, is].filter((side) => side !== null);
  if (sides.some(({ state }) => state.sha256 === null)) return null;
  if (both && was.state.sha256 === is.state.sha256) return null;
  if (sides.some(({ bytes }) => bytes === null)) return { shown: false, why: 'large' };
  return patches.between(path, was?.bytes ?? null, is?.bytes ?? null);
}

/** A file that cannot be read never counts as equal. */
function isSame(a: FileState, b: FileState): boolean {
  return (
    a.kind === b.kind &&
    unpackedMode(a) === unpackedMode(b) &&
    a.rawName === b.rawName &&
    a.sha256 === b.sha256 &&
    (a.sha256 !== null || a.kind === 'directory')
  );
}
