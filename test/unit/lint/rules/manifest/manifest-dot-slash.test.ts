import { expect, test } from 'vitest';
import { manifestDotSlash } from '../../../../../src/lint/rules/manifest/manifest-dot-slash.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

const MANIFEST = GOOD_FILES['probe.json'] ?? '';

test.each([
  ['a clean name', GOOD_FILES, []],
  [
    './probe.json',
    withFiles({ 'probe.json': { text: MANIFEST, rawName: './probe.json' } }),
    [`- The manifest's entry is named "./probe.json" instead of "probe.json"`],
  ],
  [
    'a/../probe.json',
    withFiles({ 'probe.json': { text: MANIFEST, rawName: 'a/../probe.json' } }),
    [`- The manifest's entry is named "a/../probe.json" instead of "probe.json"`],
  ],
  ['./main.py alone', withFiles({ 'main.py': { text: '', rawName: './main.py' } }), []],
  ['another JSON file', withFiles({ 'other.json': { text: '{}', rawName: './other.json' } }), []],
])('%s', async (_, files, expected) => {
  expect(short(await findingsOf(manifestDotSlash, { files, form: 'zip' }))).toEqual(expected);
});

test('the fix', async () => {
  const files = withFiles({ 'probe.json': { text: MANIFEST, rawName: './probe.json' } });
  const [found] = await findingsOf(manifestDotSlash, { files, form: 'zip', label: 'my probe.zip' });
  expect(found?.hint).toBe("Run kplugin pack --from 'my probe.zip': it writes clean names");
});
