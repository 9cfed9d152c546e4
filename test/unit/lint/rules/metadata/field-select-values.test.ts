import { expect, test } from 'vitest';
import { fieldSelectValues } from '../../../../../src/lint/rules/metadata/field-select-values.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { sinkWith } from '../../symbol-files.ts';

test.each<[string, Record<string, string>, string[]]>([
  ['offered', sinkWith({ control: 'select', type: 'int', default: 1, values: [1, 2] }), []],
  ['no values', sinkWith({ control: 'select' }), ['A select without "values"']],
  [
    'none to choose yet',
    sinkWith({ control: 'select', type: 'string', default: 'x', values: [] }),
    [],
  ],
  [
    'a default that is not offered',
    sinkWith({ control: 'select', default: 3, values: [1, 2] }),
    ['The default of the property "interval" is none of its values'],
  ],
  ['another control', sinkWith({ control: 'text' }), []],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(fieldSelectValues, { files: { ...GOOD_FILES, ...files } });
  expect(findings.map(({ message }) => message)).toEqual(expected);
});
