import { type Dirent, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { pathOf as bytePath } from '../../model/byte-text.ts';

/** Files removed before yielding to the event loop, so that signals and requests are handled. */
const BATCH = 200;

/**
 * Removes a directory with all its content; does nothing when it does not exist. Rejects with system errors. Node's
 * own recursive removal takes three times as long for 60,000 files; it is used here only for what is left.
 */
export async function removeTree(folder: string): Promise<void> {
  await sweep(folder);
  await rm(folder, { recursive: true, force: true });
}

/** Removes files; ignores those that do not exist or cannot be removed. */
export async function removeFiles(paths: Iterable<string>): Promise<void> {
  let count = 0;
  for (const path of paths) {
    attempt(() => unlinkSync(bytePath(path)));
    count += 1;
    if (count % BATCH === 0) await turn();
  }
}

async function sweep(folder: string): Promise<void> {
  const entries = list(folder);
  // A link to a directory does not count: the link is removed, its target stays.
  const isFolder = (entry: Dirent): boolean => entry.isDirectory();
  const pathOf = ({ name }: Dirent): string => join(folder, name);
  await removeFiles(entries.filter((entry) => !isFolder(entry)).map(pathOf));
  for (const entry of entries.filter(isFolder)) await sweep(pathOf(entry));
  attempt(() => rmdirSync(folder));
}

function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // Ignored here: removeTree reports at its end what could not be removed.
  }
}
