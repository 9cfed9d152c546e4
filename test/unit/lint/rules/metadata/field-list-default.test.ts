import { expect, test } from 'vitest';
import { fieldListDefault } from '../../../../../src/lint/rules/metadata/field-list-default.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { field, sinkWith, sourceWith } from '../../symbol-files.ts';

test.each<[string, Record<string, string>, string[]]>([
  ['an empty list', sinkWith({ type: 'list_string', default: [] }), []],
  ['nested properties', sinkWith({ type: 'list_object', default: [field()] }), []],
  [
    'texts',
    sinkWith({ default: ['a', 'b'] }),
    [
      'The default of the property "interval" holds a text, where eKuiper expects nested properties',
    ],
  ],
  [
    'mixed',
    sourceWith({ default: [field(), 1] }),
    [
      'The default of the property "interval" holds a number, where eKuiper expects nested properties',
    ],
  ],
  [
    'nested in another',
    sourceWith({ default: [field({ name: 'in', default: ['a'] })] }),
    ['The default of the property "in" holds a text, where eKuiper expects nested properties'],
  ],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(fieldListDefault, { files: { ...GOOD_FILES, ...files } });
  expect(findings.map(({ message }) => message)).toEqual(expected);
});
