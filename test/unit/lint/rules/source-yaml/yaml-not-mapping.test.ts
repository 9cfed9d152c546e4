import { expect, test } from 'vitest';
import { yamlNotMapping } from '../../../../../src/lint/rules/source-yaml/yaml-not-mapping.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';

test.each<[string, Record<string, string>, string[]]>([
  ['a list', { 'sources/psrc.yaml': '- a: 1\n' }, ['1:1 The file holds no groups']],
  ['a text', { 'sources/psrc.yaml': 'hello\n' }, ['1:1 The file holds no groups']],
  ['nothing', { 'sources/psrc.yaml': '\n' }, []],
  ['groups', { 'sources/psrc.yaml': 'default: {}\n' }, []],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(yamlNotMapping, { files: { ...GOOD_FILES, ...files } });
  expect(short(findings)).toEqual(expected);
});
