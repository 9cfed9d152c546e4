import { expect, test } from 'vitest';
import { entryNameEncoding } from '../../../../../src/lint/rules/package/entry-name-encoding.ts';
import { findingsOf } from '../../check-rule.ts';

test.each(['foreign-name'] as const)('%s', async (kind) => {
  const problems = [{ kind, entry: null, detail: 'so and so' }];
  const found = await findingsOf(entryNameEncoding, {
    files: {},
    form: 'zip',
    label: 'b.zip',
    problems,
  });
  expect(found).toMatchObject([
    {
      severity: 'warning',
      file: 'b.zip',
      message: 'The name of this entry cannot be read: so and so',
      effect:
        'eKuiper makes a file with these very bytes as its name; a program that opens the name in UTF-8 does not find it',
    },
  ]);
});

test('says nothing of a sound zip', async () => {
  expect(await findingsOf(entryNameEncoding, { files: { a: '' }, form: 'zip' })).toEqual([]);
});
