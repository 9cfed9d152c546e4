import { expect, test } from 'vitest';
import { missingParent } from '../../../../../src/lint/rules/package/missing-parent.ts';
import { findingsOf } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

const NONE = 'has no entry before this file';

test.each([
  ['one folder deep', { 'models/m.txt': '' }, undefined],
  ['symbol folders without entries', { 'sinks/psnk.json': '{}' }, undefined],
  ['a folder in a symbol folder', { 'sinks/sub/x.json': '{}', 'sources/sub/': '' }, undefined],
  [
    'two folders in a symbol folder',
    { 'sinks/': '', 'sinks/a/b/x.json': '{}' },
    `sinks/a/b/x.json: The folder sinks/a/ ${NONE}`,
  ],
  ['every folder first', { 'models/': '', 'models/v1/': '', 'models/v1/m.txt': '' }, undefined],
  ['made by a file beside it', { 'models/a.txt': '', 'models/v1/m.txt': '' }, undefined],
  ['two deep', { 'models/v1/m.txt': '' }, `models/v1/m.txt: The folder models/ ${NONE}`],
  ['three deep', { 'a/b/c/m.txt': '' }, `a/b/c/m.txt: The folder a/ ${NONE}`],
  ['only the inner folder', { 'a/b/': '' }, `a/b: The folder a/ ${NONE}`],
  [
    'the folders come after',
    { 'a/b/m.txt': '', 'a/': '', 'a/b/': '' },
    'a/b/m.txt: The folder a/ comes after a file that lies in it',
  ],
  [
    'many',
    { 'a/b/1': '', 'a/b/2': '', 'c/d/1': '', 'e/f/1': '' },
    `a/b/1: The folder a/ ${NONE}; 2 more folders have the same fault`,
  ],
])('%s', async (_, more, expected) => {
  const spec = { files: withFiles(more), form: 'zip' as const };
  const [found] = await findingsOf(missingParent, spec);
  expect(found && `${found.file}: ${found.message}`).toBe(expected);
});

test.each([
  ['zip' as const, '2.3' as const, undefined],
  ['directory' as const, '2.4' as const, undefined],
  [
    'zip' as const,
    '2.4' as const,
    'eKuiper refuses the install: "fail to install plugin: mkdirat models/v1: no such file or directory"',
  ],
])('a %s on %s', async (form, target, effect) => {
  const spec = { files: withFiles({ 'models/v1/m.txt': '' }), form };
  expect((await findingsOf(missingParent, spec, target))[0]?.effect).toBe(effect);
});

test('folders inside symbol folders cannot be fixed by packing', async () => {
  const spec = { files: withFiles({ 'functions/lib/sub/x.py': '' }), form: 'zip' as const };
  expect((await findingsOf(missingParent, spec))[0]?.hint).toContain(
    'Move folders out of sources/',
  );
});
