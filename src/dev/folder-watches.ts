import { type FSWatcher, lstatSync, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';

interface FolderWatchesOptions {
  /** Absolute. */
  readonly root: string;
  /** Whether a folder is watched; `path`: POSIX path below the root. */
  readonly includes: (path: string) => boolean;
  /** Called with the POSIX path of what was created, deleted or written; null when the system does not say what. */
  readonly onEvent: (path: string | null) => void;
  /** Called when changes may be missed from now on. */
  readonly onError: (error: unknown) => void;
}

interface Watched {
  readonly watcher: FSWatcher;
  /** That of a folder that was deleted and made again is another one, and its first watch is dead. */
  readonly identity: string;
  /** The names of the folders below that are watched. */
  readonly folders: Set<string>;
}

/**
 * Watches the folders of a tree, one watch for each: a watch for each file, as Node's own recursive watch has on Linux,
 * takes 4 kB a file. Links are not followed.
 */
export class FolderWatches {
  readonly #options: FolderWatchesOptions;
  /** By POSIX path; that of the root is empty. */
  readonly #watched = new Map<string, Watched>();
  #hasFailed = false;

  constructor(options: FolderWatchesOptions) {
    this.#options = options;
    this.#add('', identityOf(options.root) ?? '');
  }

  close(): void {
    this.#remove('');
  }

  /** The watch comes before the folders below are listed: one that is made in between is found by one of both. */
  #add(path: string, identity: string): void {
    try {
      const watcher = watch(join(this.#options.root, path));
      watcher.on('change', (event, name) => this.#changed(path, event, name));
      watcher.on('error', (error) => this.#broken(path, error));
      this.#watched.set(path, { watcher, identity, folders: new Set() });
    } catch (error) {
      // What was deleted a moment ago is told by its parent; what nobody may read cannot be packed either.
      if (path === '' || !PASSING.has(codeOf(error))) this.#fail(error);
      return;
    }
    this.#compare(path);
  }

  #changed(path: string, event: string, name: string | Buffer | null): void {
    if (name === null) this.#compare(path);
    // For "change" a file was written: no folder came or went.
    else if (event !== 'change') this.#look(path, String(name));
    this.#options.onEvent(name === null ? null : inside(path, String(name)));
  }

  /** On Windows the watch of a folder that is deleted ends with an error. */
  #broken(path: string, error: unknown): void {
    if (path === '' || identityOf(join(this.#options.root, path)) !== null) this.#fail(error);
    else this.#remove(path);
  }

  /** Once: where the system allows no more watches, every folder would say so. */
  #fail(error: unknown): void {
    if (!this.#hasFailed) this.#options.onError(error);
    this.#hasFailed = true;
  }

  /** Watches the folders that are new, and no longer those that are gone. */
  #compare(path: string): void {
    const known = this.#watched.get(path)?.folders ?? [];
    for (const name of new Set([...known, ...foldersIn(join(this.#options.root, path))])) {
      this.#look(path, name);
    }
  }

  /** Watches what has this name in a folder if it is a folder to be watched, and no longer if it is not. */
  #look(path: string, name: string): void {
    const { root, includes } = this.#options;
    const below = inside(path, name);
    const identity = includes(below) ? identityOf(join(root, below)) : null;
    const known = this.#watched.get(below);
    if (known !== undefined && known.identity === identity) return;
    const parent = this.#watched.get(path);
    if (known !== undefined) this.#remove(below);
    parent?.folders.delete(name);
    if (identity === null || parent === undefined || this.#hasFailed) return;
    parent.folders.add(name);
    this.#add(below, identity);
  }

  #remove(path: string): void {
    const known = this.#watched.get(path);
    if (known === undefined) return;
    this.#watched.delete(path);
    known.watcher.close();
    for (const name of known.folders) this.#remove(inside(path, name));
  }
}

/** Errors for a folder that is gone, is none any more, or may not be read. */
const PASSING: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM']);

function inside(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** File systems give the inode of a deleted folder to the next one, so the time of its birth belongs to it. */
function identityOf(folder: string): string | null {
  try {
    const stats = lstatSync(folder, { bigint: true, throwIfNoEntry: false });
    return stats?.isDirectory() ? `${stats.dev} ${stats.ino} ${stats.birthtimeNs}` : null;
  } catch {
    return null;
  }
}

/** The names of the folders in a folder; none when it cannot be read. */
function foldersIn(folder: string): string[] {
  try {
    const items = readdirSync(folder, { withFileTypes: true });
    return items.filter((item) => item.isDirectory()).map(({ name }) => name);
  } catch {
    return [];
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}
