import { expect, test } from 'vitest';
import { manifestMissing } from '../../../../../src/lint/rules/manifest/manifest-missing.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';
import { renamed, without } from '../../plugin-files.ts';

const SAYS = ['- There is no manifest: no probe.json in the root'];

test.each([
  ['a manifest', GOOD_FILES, []],
  ['none', without('probe.json'), SAYS],
  ['an empty package', {}, SAYS],
  ['only JSON of symbols', { 'sinks/x.json': '{}' }, SAYS],
  ['wrapped in a folder: said by manifest-in-folder', renamed((path) => `probe/${path}`), []],
  ['in two folders', { 'a/probe.json': '{}', 'b/main.py': '' }, SAYS],
  ['a native plugin: said by native-plugin', { 'echo.so': '' }, []],
])('%s', async (_, files, expected) => {
  expect(short(await findingsOf(manifestMissing, { files, form: 'zip' }))).toEqual(expected);
});

test('the number of files is the one that eKuiper says', async () => {
  const [finding] = await findingsOf(manifestMissing, {
    files: without('probe.json'),
    form: 'zip',
  });
  expect(finding?.effect).toContain(
    'missing or invalid json file probe.json, found 2 files in total',
  );
});

test('what is no zip has no manifest to miss', async () => {
  const problems = [{ kind: 'not-a-zip' as const, entry: null, detail: '' }];
  expect(await findingsOf(manifestMissing, { files: {}, form: 'zip', problems })).toEqual([]);
});

test.each([
  ['dist/probe-1.0.0-linux-arm64.zip', 'probe.json'],
  ['C:\\x\\my_probe.ZIP', 'my_probe.json'],
  ['.', '<name>.json'],
  ['my probe.zip', '<name>.json'],
])('%s should hold %s', async (label, expected) => {
  const [found] = await findingsOf(manifestMissing, { files: {}, form: 'zip', label });
  expect(found?.message).toBe(`There is no manifest: no ${expected} in the root`);
});

test.each([null, 'probe.json'])('an untidy zip without one is no excuse (%j)', async (entry) => {
  const problems = [{ kind: 'untidy' as const, entry, detail: '' }];
  const found = await findingsOf(manifestMissing, { files: {}, form: 'zip', problems });
  expect(found).toHaveLength(1);
});
