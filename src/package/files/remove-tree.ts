import { type Dirent, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { pathOf as bytePath } from '../../model/byte-text.ts';

/** Files removed between two turns of the event loop, so that signals and requests are heard. */
const BATCH = 200;

/**
 * Removes a folder with all that is in it; nothing to do where there is none. Rejects with system errors.
 * Node's own recursive removal takes three times as long for 60,000 files; it does what is left here.
 */
export async function removeTree(folder: string): Promise<void> {
  await sweep(folder);
  await rm(folder, { recursive: true, force: true });
}

/** Removes these files; those that are not there or cannot be removed stay. */
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
  // A link to a folder is no folder here: it goes, and what it leads to stays.
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
    // Whoever calls goes on; removeTree says at its end what could not be removed.
  }
}
