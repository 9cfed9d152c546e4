import fs from 'node:fs/promises';
import path from 'node:path';
import { EXIT, KpluginError } from '../../model/error.ts';
import { TEXT_LIMITS } from '../../model/text-limits.ts';
import { makeFolders } from '../../package/files/make-folders.ts';
import type { PlannedFile } from '../plan/planned-file.ts';

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file is larger than the limit (ulimit -f)',
  ENOTDIR: 'a file stands where a folder is needed',
  EEXIST: 'something of that name has appeared in the meantime',
  EISDIR: 'a folder stands where the file should go',
  ENAMETOOLONG: 'the path is too long',
};

/** A file to write; `replaces` tells whether something may stand there already. */
export interface FileWrite extends PlannedFile {
  readonly replaces: boolean;
}

/** The file system as far as writing needs it; tests hand in one that fails. */
export type FileOperations = Pick<
  typeof fs,
  'mkdir' | 'readFile' | 'rename' | 'rm' | 'rmdir' | 'stat' | 'writeFile'
>;

export interface WriteOptions {
  /** Aborting before the last file undoes everything. */
  readonly signal: AbortSignal;
  /**
   * A file in the root that stands there from before the first of the others until after the last, with the number of this
   * process in it. Where one is there already nothing is written, unless it is of a run that was killed (`takesOver`).
   */
  readonly mark?: { readonly name: string; readonly takesOver: boolean };
  readonly operations?: FileOperations;
}

type Undo = () => Promise<unknown>;

/**
 * Writes all files below `root` (made if it is missing) or none: whatever fails, and when the signal aborts, the
 * folder is put back as it was. New files first, so that a manifest never names what is not there yet.
 * A file that appears in the meantime is not overwritten.
 * Throws KpluginError (exit 2) that names the file, or the signal's reason.
 */
export async function writeFiles(
  root: string,
  files: readonly FileWrite[],
  { signal, mark, operations = fs }: WriteOptions,
): Promise<void> {
  const undo: Undo[] = [];
  const ordered = [
    ...files.filter((file) => !file.replaces),
    ...files.filter((file) => file.replaces),
  ];
  let current = root;
  try {
    await makeFolder(root, undo, operations);
    if (mark !== undefined) {
      current = path.join(root, mark.name);
      if (mark.takesOver) await operations.rm(current, { force: true });
      await create(current, String(process.pid), undo, operations);
    }
    for (const file of ordered) {
      signal.throwIfAborted();
      current = path.join(root, ...file.path.split('/'));
      await makeFolder(path.dirname(current), undo, operations);
      if (file.replaces) await replace(current, file.text, undo, operations);
      else await create(current, file.text, undo, operations);
    }
    signal.throwIfAborted();
    if (mark !== undefined) await operations.rm(path.join(root, mark.name), { force: true });
  } catch (thrown) {
    await undoAll(undo);
    throw signal.aborted ? thrown : cannotWrite(current, thrown);
  }
}

async function makeFolder(folder: string, undo: Undo[], operations: FileOperations): Promise<void> {
  const first = await makeFolders(folder, 0o777, operations.mkdir);
  if (first === undefined) return;
  // Every folder from the first new one down to this one goes away again, as far as it is empty.
  for (let made = first; ; made = path.join(made, nextPart(made, folder))) {
    undo.push(() => operations.rmdir(made));
    if (path.resolve(made) === path.resolve(folder)) return;
  }
}

function nextPart(from: string, to: string): string {
  return path.relative(from, to).split(path.sep)[0] ?? '';
}

async function create(
  file: string,
  text: string,
  undo: Undo[],
  operations: FileOperations,
): Promise<void> {
  try {
    await operations.writeFile(file, text, { flag: 'wx' });
  } catch (thrown) {
    // Anything but EEXIST may have left a part of the file: a full disk does.
    if (!isExisting(thrown)) await operations.rm(file, { force: true }).catch(() => undefined);
    throw thrown;
  }
  undo.push(() => operations.rm(file));
}

const TOO_LONG = `what stands there has more than ${TEXT_LIMITS.textFile / 1024} KiB, and kplugin replaces no such file`;

async function replace(
  file: string,
  text: string,
  undo: Undo[],
  operations: FileOperations,
): Promise<void> {
  const { size } = await operations.stat(file);
  // All of it is kept until the end, to be put back.
  if (size > TEXT_LIMITS.textFile) throw new Error(TOO_LONG);
  const before = await operations.readFile(file);
  await swap(file, text, operations);
  undo.push(() => swap(file, before, operations));
}

// The old file or the new one, never a part of it, whenever the process ends.
async function swap(
  file: string,
  content: string | Uint8Array,
  operations: FileOperations,
): Promise<void> {
  const { mode } = await operations.stat(file);
  const temporary = `${file}.kplugin-${process.pid}`;
  try {
    await operations.writeFile(temporary, content, { flag: 'wx', mode: mode & 0o7777 });
    await operations.rename(temporary, file);
  } catch (thrown) {
    if (!isExisting(thrown)) await operations.rm(temporary, { force: true }).catch(() => undefined);
    throw thrown;
  }
}

/** Whether a place was taken already. */
export function isExisting(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST';
}

async function undoAll(undo: readonly Undo[]): Promise<void> {
  for (const step of undo.toReversed()) {
    // A step that fails must not keep the others from being undone.
    await step().catch(() => undefined);
  }
}

/** A failure of the file system while writing, in words; what it is about has been undone. */
function cannotWrite(file: string, thrown: unknown): KpluginError {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const code = 'code' in error ? String(error.code) : '';
  return new KpluginError({
    code: 'cannot-write',
    exit: EXIT.usage,
    message: `cannot write ${file}: ${WORDS[code] ?? error.message}`,
    reason: 'everything that was written before has been removed again',
    hint: 'correct that, then run the same command again',
    cause: thrown,
  });
}
