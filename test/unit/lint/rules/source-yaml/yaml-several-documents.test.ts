import { expect, test } from 'vitest';
import { yamlSeveralDocuments } from '../../../../../src/lint/rules/source-yaml/yaml-several-documents.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';

test.each<[string, Record<string, string>, string[]]>([
  [
    'two',
    { 'sources/psrc.yaml': 'default:\n  a: 1\n---\nfast:\n  a: 2\n' },
    ['3:1 A second document begins here'],
  ],
  ['one with a marker', { 'sources/psrc.yaml': '---\ndefault:\n  a: 1\n' }, []],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(yamlSeveralDocuments, { files: { ...GOOD_FILES, ...files } });
  expect(short(findings)).toEqual(expected);
});
