import { posix } from 'node:path';
import { joinPath } from '../../model/clean-path.ts';
import type { LeftOut } from '../../model/view.ts';
import { packedPaths } from '../subject/entries.ts';
import { executablePath } from '../subject/executable-value.ts';
import { leftOutAt } from '../subject/left-out.ts';
import type { Subject } from '../subject/subject.ts';

/** A file or folder of the project that is left out, and why. */
export interface LeftOutFile {
  readonly path: string;
  readonly leftOut: LeftOut;
}

/** Looks up what is left out by the paths that a program writes. */
export interface LeftOutFiles {
  /**
   * What a path in a program may mean: seen from the root, from the executable's folder, from the `folder` of the
   * source, or the end of a longer path whose beginning is not known.
   */
  at(path: string, folder: string): Promise<readonly LeftOutFile[]>;
}

/** Sources are no files that a built program opens. */
const BUILT = /\.(?:go|[cm]?tsx?)$/;
/** Of thousands of files of one name none is the one that was meant. */
const MOST = 5;

/** The index of one plugin. */
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
        // A word alone says too little about a folder: `tests`, `core`.
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
    // A folder's name ends with a slash and is none here.
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
