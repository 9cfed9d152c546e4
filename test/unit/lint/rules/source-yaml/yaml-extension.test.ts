import { expect, test } from 'vitest';
import { yamlExtension } from '../../../../../src/lint/rules/source-yaml/yaml-extension.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';

test.each<[string, Record<string, string>, string[]]>([
  [
    '.yml of a declared source',
    { 'sources/other.yml': '' },
    ['- eKuiper does not look for sources/other.yml'],
  ],
  ['beside the right one', { 'sources/psrc.yml': '' }, []],
  ['.YAML', { 'sources/x.YAML': '' }, ['- eKuiper does not look for sources/x.YAML']],
  ['elsewhere', { 'config.yml': '' }, []],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(yamlExtension, { files: { ...GOOD_FILES, ...files } });
  expect(short(findings)).toEqual(expected);
});
