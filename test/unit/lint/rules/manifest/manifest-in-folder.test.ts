import { expect, test } from 'vitest';
import { manifestInFolder } from '../../../../../src/lint/rules/manifest/manifest-in-folder.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { renamed } from '../../plugin-files.ts';

const WRAPPED = renamed((path) => `probe/${path}`);
const REPACK = 'Run kplugin pack --from probe.zip: it takes the folder away';

test.each([
  ['no folder', GOOD_FILES, null, null],
  ['one folder around it', WRAPPED, 'probe/probe.json', REPACK],
  [
    'with its directory entry and what macOS adds',
    { 'probe/': '', ...WRAPPED, '__MACOSX/._x': '' },
    'probe/probe.json',
    REPACK,
  ],
  ['another name', { 'wrap/b.json': '{}', 'wrap/a.py': '' }, 'wrap/b.json', REPACK],
  ['the JSON called as the folder', { 'p/a.json': '', 'p/p.json': '' }, 'p/p.json', REPACK],
  ['something beside the folder', { ...WRAPPED, 'readme.md': '' }, null, null],
  ['only symbol files', { 'sinks/x.json': '{}' }, null, null],
  ['two folders deep', { 'a/b/probe.json': '{}' }, null, null],
])('%s', async (_, files, file, hint) => {
  const [found] = await findingsOf(manifestInFolder, { files, form: 'zip', label: 'probe.zip' });
  expect([found?.file ?? null, found?.hint ?? null]).toEqual([file, hint]);
});

test('in the words of every eKuiper', async () => {
  const [found] = await findingsOf(manifestInFolder, { files: WRAPPED, form: 'zip' });
  expect(found?.effect).toBe(
    'eKuiper refuses the install: "fail to install plugin: missing or invalid json file probe.json, found 3 files in total"',
  );
});

test('a directory above the project names the project', async () => {
  const [found] = await findingsOf(manifestInFolder, { files: WRAPPED });
  expect(found?.hint).toBe('Run the command on probe/ instead');
});
