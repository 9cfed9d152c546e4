import { expect, test } from 'vitest';
import { duplicateEntry } from '../../../../../src/lint/rules/package/duplicate-entry.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

const LAST = 'eKuiper keeps the last one';
const again = (path: string) => ({ text: '{}', path });

test.each([
  ['none', GOOD_FILES, []],
  ['./main.py beside main.py', withFiles({ './main.py': again('main.py') }), [`main.py ${LAST}`]],
  ['three times', withFiles({ a: again('main.py'), b: again('main.py') }), [`main.py ${LAST}`]],
  [
    'the manifest',
    withFiles({ './probe.json': again('probe.json') }),
    ['probe.json eKuiper installs by the first and reads the last when it starts again'],
  ],
  ['directories may repeat', withFiles({ 'a/': '', './a/': { path: 'a', kind: 'directory' } }), []],
])('%s', async (_, files, expected) => {
  const found = await findingsOf(duplicateEntry, { files, form: 'zip' });
  expect(found.map(({ file, effect }) => `${file} ${effect}`)).toEqual(expected);
});
