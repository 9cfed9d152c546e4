import { expect, test } from 'vitest';
import { yamlKeyNotText } from '../../../../../src/lint/rules/source-yaml/yaml-key-not-text.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';

test.each<[string, Record<string, string>, string[]]>([
  ['a number', { 'sources/psrc.yaml': 'default:\n  1: a\n' }, ['2:3 The key 1 is no text']],
  ['a truth', { 'sources/psrc.yaml': 'default:\n  true: a\n' }, ['2:3 The key true is no text']],
  ['a quoted number', { 'sources/psrc.yaml': "default:\n  '1': a\n" }, []],
  ['deeper inside eKuiper keeps it', { 'sources/psrc.yaml': 'default:\n  codes:\n    1: a\n' }, []],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(yamlKeyNotText, { files: { ...GOOD_FILES, ...files } });
  expect(short(findings)).toEqual(expected);
});
