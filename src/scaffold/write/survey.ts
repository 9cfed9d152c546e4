import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from '../../package/files/is-running.ts';
import { FileTooLong, readRegularFile } from '../../package/files/regular-file.ts';
import type { PlannedFile } from '../plan/language-kit.ts';
import type { FileWrite } from './write-files.ts';

/** `interrupted`: an `init` that was killed wrote a part of this file; its content is a prefix of the planned text. */
type FileState = 'new' | 'unchanged' | 'interrupted' | 'different' | 'blocked';

/** Exists in the folder while `init` writes: if it is left behind, the next `init` completes the project. */
export const INIT_MARKER = '.kplugin-init';

/**
 * Whether the `init` that created the marker in a folder still runs. The process id is written right after the marker
 * is created; an empty marker was left by an `init` that was killed in between.
 */
export async function isBeingFilled(root: string): Promise<boolean> {
  const mark = path.join(root, INIT_MARKER);
  const owner = (await textIn(mark)) || (await sleep(MARK_MS).then(() => textIn(mark)));
  const pid = /^\d{1,9}$/.test(owner) ? Number(owner) : 0;
  return pid !== 0 && pid !== process.pid && (await isRunning(pid));
}

const MARK_MS = 100;
const MOST_OF_MARK = 64;

function textIn(file: string): Promise<string> {
  return readRegularFile(file, MOST_OF_MARK).then(String, () => '');
}

/** A planned file and the state of the file at its path. */
export interface SurveyedFile extends PlannedFile {
  readonly state: FileState;
}

/**
 * Compares a plan with a folder. `blocked`: the path is a folder, a link or a special file, or is below one; these are
 * never replaced.
 */
export async function survey(
  root: string,
  files: readonly PlannedFile[],
): Promise<readonly SurveyedFile[]> {
  const isInterrupted = (await kindOf(path.join(root, INIT_MARKER))) === 'file';
  return Promise.all(
    files.map(async (file) => ({ ...file, state: await stateOf(root, file, isInterrupted) })),
  );
}

/** The files that have to be written. */
export function writesOf(files: readonly SurveyedFile[]): readonly FileWrite[] {
  return files
    .filter(({ state }) => state === 'new' || state === 'interrupted' || state === 'different')
    .map(({ path: file, text, state }) => ({ path: file, text, replaces: state !== 'new' }));
}

/**
 * The entries of a folder, without an empty git repository and the files that file managers create; empty for a missing
 * folder, null when the path is not a folder.
 */
export async function contentsOf(folder: string): Promise<readonly string[] | null> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => !['.git', '.DS_Store', 'Thumbs.db'].includes(name)).sort();
  } catch (thrown) {
    if (hasCode(thrown, 'ENOENT')) return [];
    if (hasCode(thrown, 'ENOTDIR')) return null;
    throw thrown;
  }
}

async function stateOf(
  root: string,
  file: PlannedFile,
  isInterrupted: boolean,
): Promise<FileState> {
  const parts = file.path.split('/');
  for (let depth = 1; depth < parts.length; depth += 1) {
    const kind = await kindOf(path.join(root, ...parts.slice(0, depth)));
    if (kind === null) return 'new';
    if (kind !== 'folder') return 'blocked';
  }
  const place = path.join(root, ...parts);
  const kind = await kindOf(place);
  if (kind === null) return 'new';
  if (kind !== 'file') return 'blocked';
  const planned = Buffer.from(file.text);
  const there = await readRegularFile(place, planned.length).catch(nullIfLonger);
  if (there === null) return 'different';
  if (there.equals(planned)) return 'unchanged';
  const isStart = there.equals(planned.subarray(0, there.length));
  return isInterrupted && isStart ? 'interrupted' : 'different';
}

/** A file that is longer than the planned text is different without reading it. */
function nullIfLonger(thrown: unknown): null {
  if (thrown instanceof FileTooLong) return null;
  throw thrown;
}

async function kindOf(place: string): Promise<'file' | 'folder' | 'other' | null> {
  try {
    const found = await lstat(place);
    if (found.isFile()) return 'file';
    return found.isDirectory() ? 'folder' : 'other';
  } catch (thrown) {
    if (hasCode(thrown, 'ENOENT') || hasCode(thrown, 'ENOTDIR')) return null;
    throw thrown;
  }
}

function hasCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code;
}
