import {
  closeSync,
  constants,
  mkdirSync,
  openSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { has } from '../../../model/behaviours.ts';
import { pathOf } from '../../../model/byte-text.ts';
import { cleanPath, MOST_IN_NAME, MOST_IN_PATH } from '../../../model/clean-path.ts';
import { goQuote } from '../../../model/json/go-error.ts';
import type { Target } from '../../../model/target.ts';
import { goClean, type Home, isInside } from '../home.ts';
import { errnoWords, errorCode, HostRefusal, pathError } from '../refusal.ts';
import { yieldToEventLoop, type ZipItem } from './package-zip.ts';

interface Placing {
  readonly home: Home;
  readonly target: Target;
  /** Aborts the writing of a large file. */
  readonly signal: AbortSignal;
}

const ALL = 0o777;
const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;

/**
 * Unpacks one entry to `join(root, way)` like the target's eKuiper and returns the written path. Throws HostRefusal
 * with eKuiper's error text, or with kplugin's own when an older eKuiper would write outside its home.
 * The calls are synchronous, because for 60,000 small files each asynchronous call costs more than the file; the
 * caller yields to the event loop in between. Source: filex/zip.go; recorded cases `zip.*`.
 */
export async function place(
  item: ZipItem,
  root: string,
  way: string,
  placing: Placing,
): Promise<string> {
  refuseName(way, placing.target);
  const path = cleanPath(`${root}/${way}`);
  if (item.mode.isDirectory) placeFolder(path, root, way, placing);
  else await placeFile(item, path, root, way, placing);
  return path;
}

function refuseName(way: string, target: Target): void {
  if (!has(target, 'refuses-double-dots') || !(way.includes('..') || way.startsWith('/'))) return;
  throw new HostRefusal(
    `invalid file name: path traversal or absolute paths are not allowed: ${goQuote(way)}`,
  );
}

function placeFolder(path: string, root: string, way: string, placing: Placing): void {
  if (has(placing.target, 'makes-one-folder')) {
    // Backslashes are separators on Windows only; eKuiper's error text does not mention them there.
    if (!escapes(goClean(way))) keepInside(path, way, placing);
    makeOneLevel(root, goClean(way));
    return;
  }
  keepInside(path, way, placing);
  makeAll(path);
}

async function placeFile(
  item: ZipItem,
  path: string,
  root: string,
  way: string,
  placing: Placing,
): Promise<void> {
  const fd =
    openAtOnce(item, path, way, placing) ?? (await openSlowly(item, path, root, way, placing));
  try {
    await fill(fd, item, placing.signal);
  } finally {
    closeSync(fd);
  }
}

/** For a new file in an existing directory, eKuiper's steps before the open change nothing and are skipped. */
function openAtOnce(item: ZipItem, path: string, way: string, { home }: Placing): number | null {
  if (item.mode.isSpecial || escapes(goClean(way)) || !isInside(home.root, path)) return null;
  try {
    return openSync(pathOf(path), NEW_FILE, item.mode.permissions);
  } catch {
    return null;
  }
}

/** Follows eKuiper's steps, with its error text for the step that fails. */
async function openSlowly(
  item: ZipItem,
  path: string,
  root: string,
  way: string,
  placing: Placing,
): Promise<number> {
  const { target } = placing;
  const clean = goClean(way);
  if (has(target, 'makes-one-folder')) makeOneLevel(root, dirname(clean));
  if (has(target, 'refuses-escapes') && escapes(clean)) {
    throw new HostRefusal(`openat ${clean}: path escapes from parent`);
  }
  if (has(target, 'refuses-special-modes') && item.mode.isSpecial) {
    throw new HostRefusal(`openat ${clean}: unsupported file mode`);
  }
  keepInside(path, way, placing);
  if (has(target, 'makes-one-folder')) {
    makeAll(root);
    removeOne(path);
    return openNew(item, path, (error) => oneLevelError('openat', clean, error));
  }
  if (isBelowFile(path)) throw new HostRefusal(`failed to delete file ${path}`);
  makeAll(dirname(path));
  await makeRoom(path, root, placing);
  return openNew(item, path, (error) => pathError('open', path, error));
}

function isBelowFile(path: string): boolean {
  try {
    statSync(pathOf(path));
    return false;
  } catch (error) {
    return errorCode(error) === 'ENOTDIR';
  }
}

/** Removes a file or an empty directory; for a full one eKuiper 2.4 reports a directory. */
function removeOne(path: string): void {
  if (isDone(() => unlinkSync(pathOf(path)))) return;
  isDone(() => rmdirSync(pathOf(path)));
}

function isDone(step: () => void): boolean {
  try {
    step();
    return true;
  } catch {
    return false;
  }
}

/**
 * Creates one directory below the root, whose parent must exist: this is why 2.4 refuses zips without directory
 * entries.
 */
function makeOneLevel(root: string, way: string): void {
  if (way === '.') return;
  if (escapes(way)) throw new HostRefusal(`mkdirat ${way}: path escapes from parent`);
  try {
    mkdirSync(pathOf(join(root, way)));
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw new HostRefusal(oneLevelError('mkdirat', way, error));
  }
}

/**
 * 2.4 opens one directory after the other and has no limit for the whole path; Node passes the whole path to the
 * system.
 */
function oneLevelError(operation: string, whole: string, error: unknown): string {
  const isPath = errorCode(error) === 'ENAMETOOLONG' && whole.split('/').every(isShortName);
  if (!isPath) return pathError(operation, whole, error);
  const way = whole.slice(0, 60);
  return (
    `kplugin serve refuses the entry ${goQuote(way)}…: with its home in front the path has more than ` +
    `${MOST_IN_PATH} bytes. eKuiper 2.4 makes such files, which no program can then open by their path`
  );
}

function isShortName(name: string): boolean {
  return Buffer.byteLength(name) <= MOST_IN_NAME;
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

function makeAll(folder: string): void {
  try {
    mkdirSync(pathOf(folder), { recursive: true, mode: ALL });
  } catch (error) {
    // Go checks the existing path and finds a file.
    const words = errorCode(error) === 'EEXIST' ? 'not a directory' : errnoWords(error);
    throw new HostRefusal(`mkdir ${folder}: ${words}`, { cause: error });
  }
}

/** Removes what is at the path, as eKuiper does; this host removes a directory only within the plugin's own. */
async function makeRoom(path: string, root: string, { home }: Placing): Promise<void> {
  if (isDone(() => unlinkSync(pathOf(path)))) return;
  const recursive = isInside(home.plugins, root) && isInside(root, path);
  // What cannot be removed makes the creation of the file fail, which reports it.
  await rm(pathOf(path), { recursive, force: true }).catch(() => undefined);
}

function openNew(item: ZipItem, path: string, words: (error: unknown) => string): number {
  try {
    return openSync(pathOf(path), NEW_FILE, item.mode.permissions);
  } catch (error) {
    // The file is created anew; a remaining entry is a directory.
    const isFolder = errorCode(error) === 'EEXIST';
    throw new HostRefusal(words(isFolder ? Object.assign(new Error(), { code: 'EISDIR' }) : error));
  }
}

async function fill(fd: number, item: ZipItem, signal: AbortSignal): Promise<void> {
  const content = await item.small();
  if (content !== null) {
    writeFileSync(fd, content);
    return;
  }
  for await (const chunk of await item.open()) {
    writeFileSync(fd, chunk);
    await yieldToEventLoop(signal);
  }
}
