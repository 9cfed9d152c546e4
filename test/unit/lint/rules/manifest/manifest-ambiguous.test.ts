import { expect, test } from 'vitest';
import { manifestAmbiguous } from '../../../../../src/lint/rules/manifest/manifest-ambiguous.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

const MANIFEST = GOOD_FILES['probe.json'] ?? '';

test.each([
  ['one', GOOD_FILES, []],
  ['a copy', withFiles({ 'probe-old.json': MANIFEST }), ['probe-old.json']],
  ['two copies', withFiles({ 'a.json': MANIFEST, 'b.json': MANIFEST }), ['a.json', 'b.json']],
  ['other JSON', withFiles({ 'package.json': '{"name":"x"}', 'broken.json': '{' }), []],
  ['a copy in a folder', withFiles({ 'old/probe.json': MANIFEST }), []],
  [
    'keys in another case',
    withFiles({ 'b.json': '{"Language":"go","EXECUTABLE":"x"}' }),
    ['b.json'],
  ],
  ['no manifest at all', { 'main.py': '' }, []],
])('%s', async (_, files, expected) => {
  const found = await findingsOf(manifestAmbiguous, { files });
  expect(found.map(({ file }) => file)).toEqual(expected);
});
