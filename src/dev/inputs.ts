import { hash } from 'node:crypto';
import { type BigIntStats, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import ignore from 'ignore';
import { compareText } from '../model/finding.ts';
import { FileTooLong, readRegularFileSync } from '../package/files/regular-file.ts';
import { CONFIG_FILE, defaultPatterns, IGNORE_FILE } from '../package/ignore/pattern-lists.ts';
import { TEMPORARY_SUFFIX } from '../package/ignore/verdict.ts';

/** Files that `pack` includes by default but that editors and tools write all the time. */
const NOISE: readonly string[] = ['.#*', '\\#*#', '4913', '*___jb_*___', '*.tsbuildinfo', '*.pyc'];

/** Files that do not belong to the plugin: git, the developer's environment, packages. */
const BESIDE: readonly string[] = ['.git', '.env', '*.zip', `*${TEMPORARY_SUFFIX}`];

const IGNORED = ignore()
  .add([
    ...defaultPatterns({ language: 'python', hasGoModule: false, environments: [] }),
    ...NOISE,
    ...BESIDE,
  ])
  .add([`!${IGNORE_FILE}`, `!${CONFIG_FILE}`]);

/** Bytes. Larger files are compared by size and date: reading a gigabyte on each save takes seconds. */
const READ_UP_TO = 64 * 1024 * 1024;

/** A digest of each file of a project, by its POSIX path. */
export type Inputs = ReadonlyMap<string, string>;

interface Known {
  readonly identity: string;
  readonly digest: string;
}

/**
 * Reads the digests of a project's files. A file is read again only when its size, dates or inode changed, so that a
 * read of an unchanged project costs little.
 */
export class InputReader {
  readonly #root: string;
  readonly #also: readonly string[];
  #known: ReadonlyMap<string, Known> = new Map();

  /** `root`: absolute, links resolved. `also`: paths that are watched wherever they are. */
  constructor(root: string, also: readonly string[] = []) {
    this.#root = root;
    this.#also = also;
  }

  /** Files that disappear during the read count as missing. Throws when the root itself cannot be listed. */
  read(): Inputs {
    const known = new Map<string, Known>();
    this.#readFolder('', known);
    this.#known = known;
    return new Map(Array.from(known, ([path, { digest }]) => [path, digest]));
  }

  #readFolder(folder: string, found: Map<string, Known>): void {
    for (const item of readdirSync(join(this.#root, folder), { withFileTypes: true })) {
      const path = `${folder}${item.name}`;
      if (!isWatched(item.isDirectory() ? `${path}/` : path, this.#also)) continue;
      if (item.isDirectory()) orNothing(() => this.#readFolder(`${path}/`, found));
      else orNothing(() => this.#readFile(path, found));
    }
  }

  #readFile(path: string, found: Map<string, Known>): void {
    const file = join(this.#root, path);
    const stats = statSync(file, { bigint: true });
    if (!stats.isFile()) return;
    const identity = identityOf(stats);
    const known = this.#known.get(path);
    const isSame = known !== undefined && known.identity === identity;
    found.set(path, isSame ? known : { identity, digest: digestOf(file, stats, identity) });
  }
}

/** Paths that were changed, added or removed; sorted. */
export function changedPaths(before: Inputs, after: Inputs): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort(compareText);
}

function identityOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}

/** Includes the exec bit, which is part of a package. */
function digestOf(file: string, { size, mode }: BigIntStats, identity: string): string {
  const runs = (mode & 0o111n) === 0n ? '' : 'x';
  if (size > READ_UP_TO) return `${runs}${identity}`;
  try {
    return `${runs}${hash('sha256', readRegularFileSync(file, READ_UP_TO))}`;
  } catch (thrown) {
    // A link into /proc has no size and may be endless.
    if (thrown instanceof FileTooLong) return `${runs}${identity}`;
    throw thrown;
  }
}

function orNothing(work: () => void): void {
  try {
    work();
  } catch {
    // It disappeared during the read; the watcher reports it when it is created again.
  }
}

/**
 * Whether a change of this path may matter. Excludes what `pack` leaves out by default, packages, and the files of
 * editors and tools. `.kpluginignore` is not applied, because it may list sources and cases. `path`: POSIX path inside
 * the project; that of a directory ends with a slash. `also`: paths that are watched wherever they are.
 */
export function isWatched(path: string, also: readonly string[] = []): boolean {
  if (also.some((file) => `${file}/`.startsWith(path.endsWith('/') ? path : `${path}/`)))
    return true;
  return !IGNORED.ignores(path);
}
