import { expect, test } from 'vitest';
import { installShCrlf } from '../../../../../src/lint/rules/executable/install-sh-crlf.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

const SAYS = 'install.sh has CRLF line ends';

test.each([
  ['no script', GOOD_FILES, []],
  ['LF', withFiles({ 'install.sh': 'set -e\necho\n' }), []],
  ['CRLF', withFiles({ 'install.sh': 'set -e\r\necho\r\n' }), [`1:7 ${SAYS}`]],
  ['from the second line on', withFiles({ 'install.sh': '#!/bin/sh\necho\r\n' }), [`2:5 ${SAYS}`]],
  ['another script', withFiles({ 'tools/install.sh': 'echo\r\n' }), []],
])('%s', async (_, files, expected) => {
  expect(short(await findingsOf(installShCrlf, { files }))).toEqual(expected);
});
