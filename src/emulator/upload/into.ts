import { randomBytes } from 'node:crypto';
import { copyFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Home } from '../runtime/home.ts';

/** A new path for a file that is still being received. */
export function partIn(home: Home): string {
  return join(home.incoming, randomBytes(8).toString('hex'));
}

/** Writes the text to `path` atomically. */
export function writeInto(path: string, content: string, home: Home): Promise<void> {
  return complete(path, home, (part) => writeFile(part, content));
}

/** Copies the file `from` to `path` atomically. */
export function copyInto(path: string, from: string, home: Home): Promise<void> {
  return complete(path, home, (part) => copyFile(from, part));
}

async function complete(
  path: string,
  home: Home,
  fill: (part: string) => Promise<void>,
): Promise<void> {
  const part = partIn(home);
  try {
    await fill(part);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
