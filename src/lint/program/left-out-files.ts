import { posix } from 'node:path';
import { joinPath } from '../../model/clean-path.ts';
import type { LeftOut } from '../../model/view.ts';
import { packedPaths } from '../subject/entries.ts';
import { executablePath } from '../subject/manifest.ts';
import type { Subject } from '../subject/subject.ts';

/** A file or folder of the project that an ignore rule keeps out of the package, and which rule. */
interface LeftOutFile {
  readonly path: string;
  readonly leftOut: LeftOut;
}

/** Index of the left-out files by the paths in a program. */
export interface LeftOutFiles {
  /**
   * The left-out files that a path in a program may refer to: relative to the root, to the executable's folder, to the
   * `folder` of the source, or as the end of a path whose beginning is unknown.
   */
  at(path: string, folder: string): Promise<readonly LeftOutFile[]>;
}

/** A built program does not open its source files. */
const BUILT = /\.(?:go|[cm]?tsx?)$/;

/** If thousands of files have the same name, none is reported. */
const MOST = 5;

/** Builds the index of one plugin. */
export function leftOutFiles(subject: Subject): LeftOutFiles {
  const packed = byName(packedPaths(subject.view));
  const files = byName([...subject.view.leftOut.keys()].filter((path) => !BUILT.test(path)));
  const executable = posix.dirname(executablePath(subject) ?? '.');
  const isPacked = (path: string): boolean => endingIn(packed, path).length > 0;
  return {
    async at(path, folder) {
      for (const from of new Set(['.', executable, folder])) {
        const full = joinPath(from === '.' ? '' : from, path);
        const leftOut = full.startsWith('..') ? null : await leftOutAt(subject, full);
        // A single word such as `tests` or `core` does not identify a folder.
        const isFolder = !/[./]/.test(path) && !subject.view.leftOut.has(full);
        if (leftOut && !isFolder) return [{ path: full, leftOut }];
      }
      const others = isPacked(path) ? [] : endingIn(files, path).slice(0, MOST);
      return others.flatMap((other) => {
        const leftOut = subject.view.leftOut.get(other);
        return leftOut ? [{ path: other, leftOut }] : [];
      });
    },
  };
}

function byName(paths: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const path of paths) {
    // A folder's path ends with a slash, so its name is empty here.
    const name = path.slice(path.lastIndexOf('/') + 1);
    const others = found.get(name);
    if (others) others.push(path);
    else found.set(name, [path]);
  }
  return found;
}

function endingIn(index: ReadonlyMap<string, readonly string[]>, path: string): readonly string[] {
  const same = index.get(path.slice(path.lastIndexOf('/') + 1)) ?? [];
  return same.filter((other) => other === path || other.endsWith(`/${path}`));
}

/**
 * Why a file or folder of the project is not in its package: an ignore rule for it, or for a folder above it. Null when
 * it is packed, when the project does not have it, and for a zip.
 */
export async function leftOutAt({ view }: Subject, path: string): Promise<LeftOut | null> {
  const own = view.leftOut.get(path) ?? view.leftOut.get(`${path}/`);
  if (own) return own;
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    const folder = view.leftOut.get(path.slice(0, slash + 1));
    if (folder) return (await view.readProject(path, 1)) === null ? null : folder;
  }
  return null;
}
