import { expect, test } from 'vitest';
import { yamlNoDefault } from '../../../../../src/lint/rules/source-yaml/yaml-no-default.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';

test.each<[string, Record<string, string>, string[]]>([
  ['no default', { 'sources/psrc.yaml': 'fast:\n  a: 1\n' }, ['1:1 There is no group "default"']],
  ['in another letter case', { 'sources/psrc.yaml': 'Default:\n  a: 1\n' }, []],
  ['an empty one', { 'sources/psrc.yaml': 'default:\n' }, []],
  ['no group at all', { 'sources/psrc.yaml': '' }, []],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(yamlNoDefault, { files: { ...GOOD_FILES, ...files } });
  expect(short(findings)).toEqual(expected);
});
