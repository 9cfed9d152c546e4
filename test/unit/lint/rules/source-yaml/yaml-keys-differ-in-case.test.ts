import { expect, test } from 'vitest';
import { yamlKeysDifferInCase } from '../../../../../src/lint/rules/source-yaml/yaml-keys-differ-in-case.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';

test.each<[string, Record<string, string>, string[]]>([
  [
    'two settings',
    { 'sources/psrc.yaml': 'default:\n  hatId: 1\n  hatID: 2\n' },
    ['3:3 "hatID" and "hatId" differ only in letter case'],
  ],
  [
    'two groups',
    { 'sources/psrc.yaml': 'default: {}\nDefault: {}\n' },
    ['2:1 "Default" and "default" differ only in letter case'],
  ],
  [
    'deeper inside',
    { 'sources/psrc.yaml': 'default:\n  a:\n    x: 1\n    X: 1\n' },
    ['4:5 "X" and "x" differ only in letter case'],
  ],
  ['on different levels', { 'sources/psrc.yaml': 'default:\n  a:\n    A: 1\n' }, []],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(yamlKeysDifferInCase, { files: { ...GOOD_FILES, ...files } });
  expect(short(findings)).toEqual(expected);
});
