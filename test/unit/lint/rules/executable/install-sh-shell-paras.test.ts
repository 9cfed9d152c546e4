// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell syntax looks like a template's
import { expect, test } from 'vitest';
import { installShShellParas } from '../../../../../src/lint/rules/executable/install-sh-shell-paras.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

test.each([
  ['cd "$(dirname "$0")"', []],
  ['echo $1', ['1:6 install.sh uses its argument $1']],
  ['pip install --index-url "$1" x', ['1:26 install.sh uses its argument $1']],
  ['main "$@"', ['1:7 install.sh uses its argument $@']],
  ['echo ${2}', ['1:6 install.sh uses its argument ${2}']],
  ['echo ${1:-default}', []],
  ["awk '{print $1}' file", []],
  ['echo \\$1', []],
  ['say() { echo "$1"; }; say hello', []],
])('%s', async (script, expected) => {
  const files = withFiles({ 'install.sh': script });
  expect(short(await findingsOf(installShShellParas, { files }))).toEqual(expected);
});
