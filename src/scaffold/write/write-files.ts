import fs from 'node:fs/promises';
import path from 'node:path';
import { EXIT, KpluginError } from '../../model/error.ts';
import { TEXT_LIMITS } from '../../model/text-limits.ts';
import { makeFolders } from '../../package/files/folders.ts';
import type { PlannedFile } from '../plan/language-kit.ts';

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

/** A file to write; `replaces`: whether a file may exist there already. */
export interface FileWrite extends PlannedFile {
  readonly replaces: boolean;
}

/** The file system functions that writing uses; tests replace them with failing ones. */
export type FileOperations = Pick<
  typeof fs,
  'mkdir' | 'readFile' | 'rename' | 'rm' | 'rmdir' | 'stat' | 'writeFile'
>;

interface WriteOptions {
  /** Aborting before the last file undoes everything. */
  readonly signal: AbortSignal;
  /**
   * A marker file in the root that exists from before the first write until after the last, with this process's id in
   * it. If it exists already nothing is written, unless a killed run left it (`takesOver`).
   */
  readonly mark?: { readonly name: string; readonly takesOver: boolean };
  readonly operations?: FileOperations;
}

type Undo = () => Promise<unknown>;

/**
 * Writes all files below `root` (created if missing) or none: after a failure or an abort the folder is restored. New
 * files come first, so that a manifest never names a missing file. A file that appears in the meantime is not
 * overwritten. Throws KpluginError (exit 2) that names the file, or the signal's reason.
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
  // The created folders, from the outermost to this one, are removed again if they are empty.
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
    // After any error but EEXIST a part of the file may exist: for example after a full disk.
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
  // The old content is kept in memory until the end, to be restored.
  if (size > TEXT_LIMITS.textFile) throw new Error(TOO_LONG);
  const before = await operations.readFile(file);
  await swap(file, text, operations);
  undo.push(() => swap(file, before, operations));
}

// Writes a temporary file and renames it: a killed process leaves the old file or the new one, never a part.
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

/** Whether the error is EEXIST or the like: the path existed already. */
export function isExisting(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST';
}

async function undoAll(undo: readonly Undo[]): Promise<void> {
  for (const step of undo.toReversed()) {
    // A failed step must not prevent the others from being undone.
    await step().catch(() => undefined);
  }
}

/** Formats a file system error while writing; the changes have been undone by then. */
export function cannotWrite(file: string, thrown: unknown): KpluginError {
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
