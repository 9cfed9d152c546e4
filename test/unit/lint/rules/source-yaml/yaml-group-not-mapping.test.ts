import { expect, test } from 'vitest';
import { yamlGroupNotMapping } from '../../../../../src/lint/rules/source-yaml/yaml-group-not-mapping.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';

test.each<[string, Record<string, string>, string[]]>([
  [
    'settings without a group',
    { 'sources/psrc.yaml': 'interval: 1000\n' },
    ['1:1 The group "interval" is a plain value, not a map of settings'],
  ],
  [
    'a list',
    { 'sources/psrc.yaml': 'default:\n  - 1\n' },
    ['1:1 The group "default" is a list, not a map of settings'],
  ],
  ['null is fine', { 'sources/psrc.yaml': 'default:\nfast: {}\n' }, []],
  ['an alias to a map is fine', { 'sources/psrc.yaml': 'default: &d\n  a: 1\nfast: *d\n' }, []],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(yamlGroupNotMapping, { files: { ...GOOD_FILES, ...files } });
  expect(short(findings)).toEqual(expected);
});
