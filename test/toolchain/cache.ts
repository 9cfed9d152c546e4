import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** What tests build once and keep: goes away with node_modules, never gets into git. */
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/kplugin-test/', import.meta.url));

/** The absolute path of a name in the cache, whether it is there or not. */
export function cached(...names: readonly string[]): string {
  return path.join(CACHE, ...names);
}

/**
 * Makes a file or folder of the cache: `make` fills a temporary name beside it, which is then
 * renamed, so nobody ever sees half of it. Of two test processes at the same moment one wins and
 * both may use the result.
 */
export async function makeCached(
  target: string,
  make: (temporary: string) => Promise<void>,
): Promise<void> {
  await mkdir(path.dirname(target), { recursive: true });
  const temporary = `${target}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await make(temporary);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    // A folder cannot be renamed onto one that another process has made in the meantime.
    if (!(await isFolder(target))) throw error;
  }
}

async function isFolder(name: string): Promise<boolean> {
  return stat(name).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}
