import { expect, test } from 'vitest';
import { yamlDuplicateKey } from '../../../../../src/lint/rules/source-yaml/yaml-duplicate-key.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';

test.each<[string, Record<string, string>, string[]]>([
  [
    'a group',
    { 'sources/psrc.yaml': 'default:\n  a: 1\ndefault:\n  b: 1\n' },
    ['3:1 The key "default" is already defined above'],
  ],
  [
    'a setting',
    { 'sources/psrc.yaml': 'default:\n  abc: 1\n  abc: 2\n' },
    ['3:3 The key "abc" is already defined above'],
  ],
  ['in different groups', { 'sources/psrc.yaml': 'default:\n  a: 1\nfast:\n  a: 2\n' }, []],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(yamlDuplicateKey, { files: { ...GOOD_FILES, ...files } });
  expect(short(findings)).toEqual(expected);
});
