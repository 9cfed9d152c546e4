import { expect, test } from 'vitest';
import { osJunk } from '../../../../../src/lint/rules/package/os-junk.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

test.each([
  ['none', GOOD_FILES, []],
  ['macOS', withFiles({ '__MACOSX/': '', '__MACOSX/._main.py': '' }), ['info 2 entries __MACOSX']],
  ['Windows', withFiles({ 'img/Thumbs.db': '' }), ['info 1 entry img/Thumbs.db']],
  [
    'where eKuiper reads every JSON file',
    withFiles({ '.DS_Store': '', 'sinks/._psnk.json': '' }),
    ['warning 2 entries sinks/._psnk.json'],
  ],
  ['names that only look alike', withFiles({ 'a._b': '', 'desktop.initial': '' }), []],
])('%s', async (_, files, expected) => {
  const found = await findingsOf(osJunk, { files, form: 'zip' });
  expect(
    found.map(({ severity, file, message }) => {
      return `${severity} ${/\d+ entr(y|ies)/.exec(message)?.[0]} ${file}`;
    }),
  ).toEqual(expected);
});
