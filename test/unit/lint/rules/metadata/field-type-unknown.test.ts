import { expect, test } from 'vitest';
import { fieldTypeUnknown } from '../../../../../src/lint/rules/metadata/field-type-unknown.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { field, functionWith, sinkWith } from '../../symbol-files.ts';

test.each<[string, string | undefined]>([
  ['string', undefined],
  ['list_object', undefined],
  ['integer', 'Write "int"'],
  ['boolean', 'Write "bool"'],
  ['strng', 'Write "string"'],
  [
    'bitmap',
    'Write one of string, int, float, bool, list_string, list_int, list_float, list_object, object, array, number',
  ],
])('%s', async (type, hint) => {
  const files = { ...GOOD_FILES, ...sinkWith({ type }) };
  expect((await findingsOf(fieldTypeUnknown, { files }))[0]?.hint).toBe(hint);
});

test('arguments of functions have more', async () => {
  const files = { ...GOOD_FILES, ...functionWith({ args: [field({ type: 'any' })] }) };
  expect(await findingsOf(fieldTypeUnknown, { files })).toEqual([]);
});
