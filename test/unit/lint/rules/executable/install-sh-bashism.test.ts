import { expect, test } from 'vitest';
import { installShBashism } from '../../../../../src/lint/rules/executable/install-sh-bashism.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

test.each([
  ['no script', GOOD_FILES, []],
  ['a plain one without #!', withFiles({ 'install.sh': 'pip install x\n' }), []],
  [
    'bash, although #! says so',
    withFiles({ 'install.sh': '#!/bin/bash\nif [[ -d x ]]; then\n  source y\nfi\n' }),
    ['2:4 [[ is not known to every /bin/sh', '3:3 source is not known to every /bin/sh'],
  ],
  ['another script', withFiles({ 'run.sh': '[[ x ]]\n' }), []],
])('%s', async (_, files, expected) => {
  expect(short(await findingsOf(installShBashism, { files }))).toEqual(expected);
});
