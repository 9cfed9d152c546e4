import { constants } from 'node:fs';
import { mkdir, open, rm, rmdir, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cleanPath } from '../../model/clean-path.ts';
import { goQuote } from '../../model/go-quote.ts';
import { type Manners, mannersOf, type Target } from '../../model/target.ts';
import { errnoWords, errorCode, pathError } from '../go-words.ts';
import type { Home } from '../home.ts';
import { isInside } from '../home.ts';
import { HostRefusal } from '../refusal.ts';
import { contentOf, type ZipItem } from './archive.ts';
import { goClean } from './route.ts';

export interface Placing {
  readonly home: Home;
  readonly target: Target;
}

const ALL = 0o777;
const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;

/**
 * Unpacks one entry to `join(root, way)` as the target's eKuiper does and returns the path written.
 * Throws HostRefusal in its words; where an older eKuiper would write outside its home, in ours.
 * Source: filex/zip.go; recorded cases `zip.*`.
 */
export async function place(
  item: ZipItem,
  root: string,
  way: string,
  placing: Placing,
): Promise<string> {
  const manners = mannersOf(placing.target);
  refuseName(way, manners);
  const path = cleanPath(`${root}/${way}`);
  if (item.mode.isDirectory) await placeFolder(path, root, way, placing);
  else await placeFile(item, path, root, way, placing);
  return path;
}

function refuseName(way: string, manners: Manners): void {
  if (!manners.refusesDoubleDots || !(way.includes('..') || way.startsWith('/'))) return;
  throw new HostRefusal(
    `invalid file name: path traversal or absolute paths are not allowed: ${goQuote(way)}`,
  );
}

async function placeFolder(
  path: string,
  root: string,
  way: string,
  placing: Placing,
): Promise<void> {
  if (mannersOf(placing.target).makesOneDirectoryLevel) {
    // Backslashes lead out on Windows alone, where eKuiper's own words say nothing of them.
    if (!escapes(goClean(way))) keepInside(path, way, placing);
    return makeOneLevel(root, goClean(way));
  }
  keepInside(path, way, placing);
  await makeAll(path);
}

async function placeFile(
  item: ZipItem,
  path: string,
  root: string,
  way: string,
  placing: Placing,
): Promise<void> {
  const manners = mannersOf(placing.target);
  const clean = goClean(way);
  if (manners.makesOneDirectoryLevel) await makeOneLevel(root, dirname(clean));
  if (manners.refusesEscapes && escapes(clean)) {
    throw new HostRefusal(`openat ${clean}: path escapes from parent`);
  }
  if (manners.refusesSpecialModes && item.mode.isSpecial) {
    throw new HostRefusal(`openat ${clean}: unsupported file mode`);
  }
  keepInside(path, way, placing);
  if (manners.makesOneDirectoryLevel) {
    await makeAll(root);
    await removeOne(path);
    await write(item, path, (error) => pathError('openat', clean, error));
    return;
  }
  if (await isBelowFile(path)) throw new HostRefusal(`failed to delete file ${path}`);
  await makeAll(dirname(path));
  await makeRoom(path, root, placing);
  await write(item, path, (error) => pathError('open', path, error));
}

async function isBelowFile(path: string): Promise<boolean> {
  return stat(path).then(
    () => false,
    (error: unknown) => errorCode(error) === 'ENOTDIR',
  );
}

/** A file or an empty folder goes; of a full one eKuiper 2.4 says that it is one. */
async function removeOne(path: string): Promise<void> {
  await unlink(path).catch(() => rmdir(path).catch(() => undefined));
}

/** One mkdir below the root, parents must be there: what makes 2.4 refuse zips without directory entries. */
async function makeOneLevel(root: string, way: string): Promise<void> {
  if (way === '.') return;
  if (escapes(way)) throw new HostRefusal(`mkdirat ${way}: path escapes from parent`);
  try {
    await mkdir(join(root, way));
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw new HostRefusal(pathError('mkdirat', way, error));
  }
}

function escapes(way: string): boolean {
  return way === '..' || way.startsWith('../') || way.startsWith('/');
}

/** An old eKuiper follows `../` anywhere; this host never leaves its home. */
function keepInside(path: string, way: string, { home, target }: Placing): void {
  if (path === home.root || isInside(home.root, path)) return;
  throw new HostRefusal(
    `kplugin serve refuses the entry ${goQuote(way)}: it leads out of its home. ` +
      `eKuiper ${target} would have written ${path}`,
  );
}

async function makeAll(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: ALL });
  } catch (error) {
    // Go looks at what is there already and finds a file.
    const words = errorCode(error) === 'EEXIST' ? 'not a directory' : errnoWords(error);
    throw new HostRefusal(`mkdir ${folder}: ${words}`, { cause: error });
  }
}

/** eKuiper replaces whatever is there; this host replaces a folder only within the plugin's own. */
async function makeRoom(path: string, root: string, { home }: Placing): Promise<void> {
  const recursive = isInside(home.plugins, root) && isInside(root, path);
  // What cannot be removed is in the way when the file is made, which says so.
  await rm(path, { recursive, force: true }).catch(() => undefined);
}

async function write(
  item: ZipItem,
  path: string,
  words: (error: unknown) => string,
): Promise<void> {
  const handle = await open(path, NEW_FILE, item.mode.permissions).catch((error: unknown) => {
    // The file is made anew each time; what is still there is a folder.
    const isFolder = errorCode(error) === 'EEXIST';
    throw new HostRefusal(words(isFolder ? Object.assign(new Error(), { code: 'EISDIR' }) : error));
  });
  try {
    for await (const chunk of contentOf(item)) await handle.writeFile(chunk);
  } finally {
    await handle.close();
  }
}
