import { type Dirent, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { pathOf } from '../../model/byte-text.ts';

/**
 * Creates a directory and its parents; resolves to the first one that was created, or undefined. Node's own
 * `recursive` never ends when the system reports a missing parent for a new directory, as in `/proc`. Throws system
 * errors, and an error that names the existing entry when something else has the name.
 */
export async function makeFolders(
  folder: string,
  mode = 0o777,
  make: typeof mkdir = mkdir,
): Promise<string | undefined> {
  try {
    await make(folder, { mode });
    return folder;
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : '';
    const there = await stat(folder).catch(() => null);
    if (there !== null) {
      if (there.isDirectory()) return undefined;
      throw new Error(`${folder} is there and is not a directory`, { cause: thrown });
    }
    const above = dirname(folder);
    if (code !== 'ENOENT' || above === folder) throw thrown;
    const first = await makeFolders(above, mode, make);
    // Another process may have created it meanwhile.
    await make(folder, { mode }).catch(async (again: unknown) => {
      if (!(await stat(folder).catch(() => null))?.isDirectory()) throw again;
    });
    return first ?? folder;
  }
}

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

async function sweep(folder: string): Promise<void> {
  const entries = list(folder);
  // A link to a directory does not count: the link is removed, its target stays.
  const isFolder = (entry: Dirent): boolean => entry.isDirectory();
  const inFolder = ({ name }: Dirent): string => join(folder, name);
  await removeFiles(entries.filter((entry) => !isFolder(entry)).map(inFolder));
  for (const entry of entries.filter(isFolder)) await sweep(inFolder(entry));
  attempt(() => rmdirSync(folder));
}

function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Removes files; ignores those that do not exist or cannot be removed. */
export async function removeFiles(paths: Iterable<string>): Promise<void> {
  let count = 0;
  for (const path of paths) {
    attempt(() => unlinkSync(pathOf(path)));
    count += 1;
    if (count % BATCH === 0) await turn();
  }
}

function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // Ignored here: removeTree reports at its end what could not be removed.
  }
}
