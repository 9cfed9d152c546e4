import { expect, test } from 'vitest';
import { installShNeedsRoot } from '../../../../../src/lint/rules/executable/install-sh-needs-root.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

const says = (at: string, what: string) => [`${at} install.sh calls ${what}, which needs root`];

test.each([
  ['pip install -r requirements.txt', []],
  ['sudo pip install x', says('1:1', 'sudo')],
  ['set -e\n  apt-get update && apt-get install -y x', says('2:3', 'apt-get')],
  ['if true; then apk add gcc; fi', says('1:15', 'apk')],
  ['echo "please run: sudo apt install x"', []],
  ['# sudo is not needed', []],
  ['./apt-mirror; pip install sudo', []],
])('%s', async (script, expected) => {
  const files = withFiles({ 'install.sh': script });
  expect(short(await findingsOf(installShNeedsRoot, { files }))).toEqual(expected);
});
