import { expect, test } from 'vitest';
import { fieldControlUnknown } from '../../../../../src/lint/rules/metadata/field-control-unknown.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { field, functionWith, sinkWith } from '../../symbol-files.ts';

test.each<[string, string | undefined]>([
  ['text', undefined],
  ['radio', undefined],
  ['text-area', 'Write "textarea"'],
  ['list-box', 'Write "select"'],
  ['txt', 'Write "text"'],
  ['slider', 'Write one of text, textarea, select, radio, list, number'],
])('%s', async (control, hint) => {
  const files = { ...GOOD_FILES, ...sinkWith({ control }) };
  expect((await findingsOf(fieldControlUnknown, { files }))[0]?.hint).toBe(hint);
});

test('arguments of functions have more', async () => {
  const files = { ...GOOD_FILES, ...functionWith({ args: [field({ control: 'field' })] }) };
  expect(await findingsOf(fieldControlUnknown, { files })).toEqual([]);
});
