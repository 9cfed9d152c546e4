import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT, KpluginError } from '../../model/error.ts';
import { readRegularFile } from '../../package/files/regular-file.ts';
import { isExisting } from './write-files.ts';

/** Exists in the folder while `init` writes: if it is left behind, the next `init` completes the project. */
export const INIT_MARKER = '.kplugin-init';
/** Exists in the folder while `add` reads and writes. */
const ADD_MARKER = '.kplugin-add';

/** The process id is written right after the mark is created; an empty mark was left by a process killed in between. */
const EMPTY_MS = 100;
const MOST_OF_MARK = 64;
const LOOK_EVERY_MS = 50;
/** An `add` takes a fraction of a second. */
const MOST_WAIT_MS = 10_000;

/** Whether the process that created a mark in a folder still runs. */
export async function isMarkHeld(root: string, marker: string): Promise<boolean> {
  const mark = path.join(root, marker);
  const owner = (await textIn(mark)) || (await sleep(EMPTY_MS).then(() => textIn(mark)));
  const pid = /^\d{1,9}$/.test(owner) ? Number(owner) : 0;
  if (pid === 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // EPERM: the process runs as another user.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}

function textIn(file: string): Promise<string> {
  return readRegularFile(file, MOST_OF_MARK).then(String, () => '');
}

/**
 * Runs `act` while no other `add` changes this folder: an edit planned from an older manifest would undo the other's.
 * Waits for another one up to 10 s, then throws KpluginError (exit 2). A mark whose process is gone is taken over.
 */
export async function changingAlone<T>(
  root: string,
  signal: AbortSignal,
  act: () => Promise<T>,
): Promise<T> {
  const mark = path.join(root, ADD_MARKER);
  for (let waited = 0; !(await isCreated(mark)); waited += LOOK_EVERY_MS) {
    if (!(await isMarkHeld(root, ADD_MARKER))) await rm(mark, { force: true });
    else if (waited >= MOST_WAIT_MS) throw changedByAnother(root);
    else await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
  try {
    return await act();
  } finally {
    await rm(mark, { force: true }).catch(() => undefined);
  }
}

/** False when the mark exists. Where it cannot be created nothing can be written either, and that is told then. */
async function isCreated(mark: string): Promise<boolean> {
  try {
    await writeFile(mark, String(process.pid), { flag: 'wx' });
    return true;
  } catch (thrown) {
    return !isExisting(thrown);
  }
}

function changedByAnother(root: string): KpluginError {
  return new KpluginError({
    code: 'cannot-write',
    exit: EXIT.usage,
    message: `${root} is being changed by another kplugin add`,
    reason: `${ADD_MARKER} in it names a process that runs`,
    hint: `run the same command again when it is done; if that process is no kplugin, remove ${ADD_MARKER} first`,
  });
}
