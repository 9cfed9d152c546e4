import { expect, test } from 'vitest';
import { fileAndFolder } from '../../../../../src/lint/rules/package/file-and-folder.ts';
import type { Target } from '../../../../../src/model/target.ts';
import { findingsOf } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

const refused = (words: string) =>
  `eKuiper refuses the install: "fail to install plugin: ${words}"`;

test.each<[string, Record<string, string>, Target, string[]]>([
  [
    'a file above another',
    { lib: '', 'lib/a.py': '' },
    '2.4',
    [`lib/a.py ${refused('openat lib/a.py: not a directory')}`],
  ],
  [
    'before 2.4',
    { lib: '', 'lib/a.py': '' },
    '2.2',
    [`lib/a.py ${refused('failed to delete file …/lib/a.py')}`],
  ],
  [
    'two levels above',
    { lib: '', 'lib/x/a.py': '' },
    '2.4',
    [`lib/x/a.py ${refused('openat lib/x/a.py: not a directory')}`],
  ],
  [
    'a file above a folder',
    { lib: '', 'lib/x/': '' },
    '2.4',
    [`lib/x ${refused('mkdirat lib/x: not a directory')}`],
  ],
  [
    'a file above a folder before 2.4',
    { lib: '', 'lib/x/': '' },
    '1.14',
    ['lib/x eKuiper keeps the file, and does not make the folder'],
  ],
  [
    'the file comes last',
    { 'lib/a.py': '', lib: '' },
    '2.4',
    [`lib ${refused('openat lib: is a directory')}`],
  ],
  [
    'the file comes last before 2.4',
    { 'lib/a.py': '', lib: '' },
    '2.0',
    ['lib eKuiper deletes what it unpacked to lib/ before, and writes the file'],
  ],
  [
    'a folder and a file',
    { 'main.py/': '', 'x.py': '' },
    '2.4',
    ['main.py eKuiper keeps the file; other programs keep the folder, or refuse the package'],
  ],
  [
    'a file and a folder',
    { 'main.py': '', 'main.py/': '' },
    '2.4',
    ['main.py eKuiper keeps the file; other programs keep the folder, or refuse the package'],
  ],
  [
    'folders with all in them',
    { 'lib/': '', 'lib/a.py': '', 'lib/x/': '', 'lib/x/b.py': '' },
    '2.4',
    [],
  ],
  [
    'files below a file, each in the next',
    { a: '', 'a/b': '', 'a/b/c': '', 'a/b/c/d': '' },
    '2.4',
    ['a/b', 'a/b/c', 'a/b/c/d'].map(
      (path) => `${path} ${refused(`openat ${path}: not a directory`)}`,
    ),
  ],
  ['names that begin alike', { lib: '', 'lib2/a.py': '', 'lib.d/a': '' }, '2.4', []],
  [
    "a file of a symbol folder's name, which lies elsewhere",
    { sources: '', 'sources/psrc.yaml': '' },
    '2.4',
    [],
  ],
])('%s', async (title, files, target, expected) => {
  const all =
    title === 'a folder and a file' ? { 'main.py/': '', ...withFiles({}) } : withFiles(files);
  const found = await findingsOf(fileAndFolder, { files: all, form: 'zip' }, target);
  expect(found.map(({ file, effect }) => `${file} ${effect}`)).toEqual(expected);
});
