import { expect, test } from 'vitest';
import { fieldDefaultType } from '../../../../../src/lint/rules/metadata/field-default-type.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { field, sinkWith } from '../../symbol-files.ts';

test.each<[string, Record<string, string>, string[]]>([
  ['a whole number', sinkWith({ type: 'int', default: 1 }), []],
  [
    'a number as text',
    sinkWith({ type: 'int', default: '1' }),
    ['The default of the property "interval" does not fit its type "int"'],
  ],
  [
    'a fraction',
    sinkWith({ type: 'int', default: 1.5 }),
    ['The default of the property "interval" does not fit its type "int"'],
  ],
  ['a truth', sinkWith({ type: 'bool', default: true }), []],
  [
    'a text for a truth',
    sinkWith({ type: 'bool', default: 'true' }),
    ['The default of the property "interval" does not fit its type "bool"'],
  ],
  ['an empty list', sinkWith({ type: 'list_string', default: [] }), []],
  [
    'a text for a list',
    sinkWith({ type: 'list_string', default: '' }),
    ['The default of the property "interval" does not fit its type "list_string"'],
  ],
  ['an object of properties', sinkWith({ type: 'object', default: { a: field() } }), []],
  [
    'an object of values',
    sinkWith({ type: 'object', default: { a: 1 } }),
    ['The default of the property "interval" does not fit its type "object"'],
  ],
  [
    'nothing chosen yet',
    sinkWith({ control: 'select', type: 'int', default: '', values: [1] }),
    [],
  ],
  ['no default', sinkWith({ default: undefined }), []],
  ['an unknown type is another rule', sinkWith({ type: 'integer', default: 'x' }), []],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(fieldDefaultType, { files: { ...GOOD_FILES, ...files } });
  expect(findings.map(({ message }) => message)).toEqual(expected);
});
