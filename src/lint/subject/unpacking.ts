import type { Entry } from '../../model/view.ts';
import { isSymbolPath } from './entries.ts';

/** A name that is both a file and a folder in one package. */
export interface NameConflict {
  /** The later of the two entries. */
  readonly path: string;
  /** The name that is both. */
  readonly file: string;
  /** `same-name`: the folder is only an entry, with no file in it so far. */
  readonly what: 'file-below-file' | 'folder-below-file' | 'file-over-content' | 'same-name';
}

/**
 * Simulates unpacking, entry by entry, and returns each entry that needs a folder where a file exists, or the reverse.
 * Symbol files go to other folders. One conflict per entry, in the order of the zip.
 */
export function nameConflictsOf(entries: readonly Entry[]): NameConflict[] {
  const roots = { plugin: new Unpacked(), symbols: new Unpacked() };
  return entries.flatMap((entry) => {
    const clash = (isSymbolPath(entry.path) ? roots.symbols : roots.plugin).place(entry);
    return clash ? [clash] : [];
  });
}

class Unpacked {
  readonly #files = new Set<string>();
  /** Folders, with whether they contain anything. */
  readonly #folders = new Map<string, boolean>();
  /** Entries that could not be unpacked, with the file above them: entries below them are below the same file. */
  readonly #below = new Map<string, string>();

  place({ path, kind }: Entry): NameConflict | null {
    const isFolder = kind === 'directory';
    const above = this.#fileAbove(path);
    if (above !== null) {
      this.#below.set(path, above);
      return { path, file: above, what: isFolder ? 'folder-below-file' : 'file-below-file' };
    }
    this.#fillParents(path);
    return isFolder ? this.#placeFolder(path) : this.#placeFile(path);
  }

  #placeFolder(path: string): NameConflict | null {
    if (this.#files.has(path)) return { path, file: path, what: 'same-name' };
    if (!this.#folders.has(path)) this.#folders.set(path, false);
    return null;
  }

  #placeFile(path: string): NameConflict | null {
    this.#files.add(path);
    const content = this.#folders.get(path);
    if (content === undefined) return null;
    return { path, file: path, what: content ? 'file-over-content' : 'same-name' };
  }

  #fileAbove(path: string): string | null {
    for (let at = parentOf(path); at !== ''; at = parentOf(at)) {
      if (this.#files.has(at)) return at;
      const above = this.#below.get(at);
      if (above !== undefined) return above;
      if (this.#folders.get(at) === true) return null;
    }
    return null;
  }

  #fillParents(path: string): void {
    for (let at = parentOf(path); at !== '' && this.#folders.get(at) !== true; at = parentOf(at)) {
      this.#folders.set(at, true);
    }
  }
}

/** A folder that eKuiper 2.4 cannot create because its parent does not exist yet. */
interface MissingParent {
  readonly entry: Entry;
  /** The failing call: `mkdirat models/v1: no such file or directory`. */
  readonly folder: string;
  /** The outermost parent folder that has no entry before this one. */
  readonly missing: string;
}

/** Limit of reports: the first missing folder stops the install, the others matter only as a number. */
const MOST_FAULTS = 100;

/**
 * Simulates unpacking as eKuiper 2.4 does: entry by entry, creating one directory level at a time (`filex/zip.go`,
 * recorded case zip.nested2.nodirs). Each folder is reported once, in the order of the zip. Symbol files go to other
 * folders, which exist already: eKuiper creates `data/sources`, `data/sinks` and `data/functions` when it starts
 * (createPaths in its `internal/server/server.go`), and ships them in `etc/`.
 */
export function missingParents(entries: readonly Entry[]): MissingParent[] {
  const roots = { plugin: new Set(['']), data: new Set(['', 'sources', 'sinks', 'functions']) };
  const found: MissingParent[] = [];
  for (const entry of entries) {
    if (found.length >= MOST_FAULTS) break;
    const made = isSymbolPath(entry.path) ? roots.data : roots.plugin;
    const folder = entry.kind === 'directory' ? entry.path : parentOf(entry.path);
    const toMake = notYetMade(folder, made);
    const missing = toMake.at(-1);
    if (toMake.length > 1 && missing !== undefined) found.push({ entry, folder, missing });
    for (const above of toMake) made.add(above);
  }
  return found;
}

/** The missing folders of a path, the innermost first. */
function notYetMade(folder: string, made: ReadonlySet<string>): string[] {
  const missing: string[] = [];
  for (let at = folder; !made.has(at); at = parentOf(at)) missing.push(at);
  return missing;
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
