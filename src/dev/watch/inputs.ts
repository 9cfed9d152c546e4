import { hash } from 'node:crypto';
import { type BigIntStats, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compareText } from '../../model/finding.ts';
import { FileTooLong, readRegularFileSync } from '../../package/files/regular-file.ts';
import { isWatched } from './watched.ts';

/** A digest of each file of a project, by its POSIX path. */
export type Inputs = ReadonlyMap<string, string>;

/** Bytes. Larger files are compared by size and date: reading a gigabyte on each save takes seconds. */
const READ_UP_TO = 64 * 1024 * 1024;

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
