import { expect, test } from 'vitest';
import { RULES } from '../../../../../src/lint/rules/index.ts';
import { nativePlugin } from '../../../../../src/lint/rules/package/native-plugin.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

const METADATA = '{"about":{"trial":false},"functions":[{"name":"echo"}]}';

test.each([
  ['a portable plugin', GOOD_FILES, []],
  ['with a library of its own', withFiles({ 'libfoo.so': '' }), []],
  ['a native sink', { 'Tdengine@v1.0.0.so': '' }, ['Tdengine@v1.0.0.so']],
  ['with metadata', { 'echo.so': '', 'echo.json': METADATA, 'install.sh': '' }, ['echo.so']],
  ['a library in a folder', { 'lib/foo.so': '' }, []],
])('%s', async (_, files, expected) => {
  const found = await findingsOf(nativePlugin, { files, form: 'zip' });
  expect(found.map(({ file }) => file)).toEqual(expected);
});

test('the manifest rules are silent about it', async () => {
  const files = { 'echo.so': '', 'echo.json': METADATA };
  for (const rule of RULES.filter(({ id }) => /^(manifest|language|executable)-/.test(id))) {
    expect(await findingsOf(rule, { files, form: 'zip' })).toEqual([]);
  }
});
