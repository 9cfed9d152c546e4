import { describe, expect, test } from 'vitest';
import { type Imports, mutualFolders } from '../../../scripts/stats/imports.ts';

/** Files with what each imports, as `npm run lint` reads them. */
function importsOf(files: Readonly<Record<string, readonly string[]>>): Imports {
  const list = (used: readonly string[]) =>
    used.map((of) => ({ of, isType: false, isDynamic: false }));
  return new Map(Object.entries(files).map(([file, used]) => [file, list(used)]));
}

describe('folders that import each other', () => {
  test.each([
    ['one direction', { 'src/a/x.ts': ['src/b/y.ts'], 'src/b/y.ts': ['src/c/z.ts'] }, []],
    ['files of one folder', { 'src/a/x.ts': ['src/a/y.ts'], 'src/a/y.ts': [] }, []],
    [
      'a pair, whose files make no circle',
      { 'src/b/x.ts': ['src/a/y.ts'], 'src/a/z.ts': ['src/b/w.ts'] },
      ['src/a <> src/b'],
    ],
    [
      'a folder and its own subfolder',
      { 'src/a/x.ts': ['src/a/b/y.ts'], 'src/a/b/z.ts': ['src/a/w.ts'] },
      ['src/a <> src/a/b'],
    ],
    [
      'round about',
      {
        'src/a/x.ts': ['src/b/x.ts'],
        'src/b/y.ts': ['src/c/x.ts'],
        'src/c/y.ts': ['src/a/y.ts'],
      },
      ['src/a <> src/b <> src/c'],
    ],
    [
      'two circles, one of them a pair within the other',
      {
        'src/a/x.ts': ['src/b/x.ts'],
        'src/b/y.ts': ['src/c/x.ts', 'src/a/x.ts'],
        'src/c/y.ts': ['src/a/y.ts'],
      },
      ['src/a <> src/b', 'src/a <> src/b <> src/c'],
    ],
  ])('%s', (_, files, expected) => {
    expect(mutualFolders(importsOf(files))).toEqual(expected);
  });
});
