import { expect, test } from 'vitest';
import { zipUntidy } from '../../../../../src/lint/rules/package/zip-untidy.ts';
import { findingsOf } from '../../check-rule.ts';

test.each(['untidy'] as const)('%s', async (kind) => {
  const problems = [{ kind, entry: null, detail: 'so and so' }];
  const found = await findingsOf(zipUntidy, { files: {}, form: 'zip', label: 'b.zip', problems });
  expect(found).toMatchObject([
    {
      severity: 'warning',
      file: 'b.zip',
      message: 'The zip is not as it should be: so and so',
      effect: 'eKuiper unpacks it; other programs may refuse it',
    },
  ]);
});

test('says nothing of a sound zip', async () => {
  expect(await findingsOf(zipUntidy, { files: { a: '' }, form: 'zip' })).toEqual([]);
});
