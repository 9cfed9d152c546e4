import { expect, test } from 'vitest';
import { entryEncrypted } from '../../../../../src/lint/rules/package/entry-encrypted.ts';
import { findingsOf, short } from '../../check-rule.ts';

test.each([
  ['one entry', 'main.py', ['- The entry is encrypted']],
  ['the whole zip', null, ['- The package is encrypted']],
])('%s', async (_, entry, expected) => {
  const problems = [{ kind: 'encrypted' as const, entry, detail: 'is encrypted' }];
  const found = await findingsOf(entryEncrypted, { files: {}, form: 'zip', problems });
  expect(short(found)).toEqual(expected);
});

test('a plain zip', async () => {
  expect(await findingsOf(entryEncrypted, { files: { a: '' }, form: 'zip' })).toEqual([]);
});
