import { expect, test } from 'vitest';
import { yamlSyntax } from '../../../../../src/lint/rules/source-yaml/yaml-syntax.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';

test.each<[string, Record<string, string>, string[]]>([
  [
    'a tab',
    { 'sources/psrc.yaml': 'default:\n\ta: 1\n' },
    ['2:1 This is not YAML: Tabs are not allowed as indentation'],
  ],
  [
    'an open bracket',
    { 'sources/psrc.yaml': 'default: [1\n' },
    [
      '2:1 This is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
  ],
  [
    'an unknown anchor',
    { 'sources/psrc.yaml': 'default: *nope\n' },
    ["1:10 This is not YAML: unknown anchor 'nope' referenced"],
  ],
  ['a comment only', { 'sources/psrc.yaml': '# nothing yet\n' }, []],
  ['an empty file', { 'sources/psrc.yaml': '' }, []],
  ['CRLF', { 'sources/psrc.yaml': 'default:\r\n  a: 1\r\n' }, []],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(yamlSyntax, { files: { ...GOOD_FILES, ...files } });
  expect(short(findings)).toEqual(expected);
});
