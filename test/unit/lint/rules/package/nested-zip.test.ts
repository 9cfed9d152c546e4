import { expect, test } from 'vitest';
import { nestedZip } from '../../../../../src/lint/rules/package/nested-zip.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

const LEAVE = 'Leave it out, unless the program itself opens it';
const TAKE = 'If this is the plugin, take it out and use it as the package';

test.each([
  ['none', GOOD_FILES, []],
  ['an older package', withFiles({ 'probe-0.9.zip': '' }), [LEAVE]],
  ['data', withFiles({ 'data/world.ZIP': '' }), [LEAVE]],
  ['what install.sh unpacks', withFiles({ 'a.zip': '', 'install.sh': 'unzip a.zip\n' }), []],
  [
    'what the program opens',
    withFiles({ 'm/a.zip': '', 'main.py': 'x(HERE / "m" / "a.zip")' }),
    [],
  ],
  ['zipped twice', { 'probe.zip': '' }, [TAKE]],
])('%s', async (_, files, expected) => {
  const found = await findingsOf(nestedZip, { files, form: 'zip' });
  expect(found.map(({ hint }) => hint)).toEqual(expected);
});
