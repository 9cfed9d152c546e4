import { expect, test } from 'vitest';
import { zipAmbiguous } from '../../../../../src/lint/rules/package/zip-ambiguous.ts';
import { findingsOf } from '../../check-rule.ts';

test.each(['ambiguous', 'overlap'] as const)('%s', async (kind) => {
  const problems = [{ kind, entry: null, detail: 'so and so' }];
  const found = await findingsOf(zipAmbiguous, {
    files: {},
    form: 'zip',
    label: 'b.zip',
    problems,
  });
  expect(found).toMatchObject([
    {
      severity: 'error',
      file: 'b.zip',
      message: 'This zip can be read in two ways: so and so',
      effect: 'What eKuiper unpacks and runs may not be what other programs show of this package',
    },
  ]);
});

test('all contradictions of a zip are one finding', async () => {
  const problems = ['a', 'b', 'c', 'd', 'e', 'f'].map(
    (detail) => ({ kind: 'ambiguous', entry: null, detail }) as const,
  );
  const found = await findingsOf(zipAmbiguous, { files: {}, form: 'zip', problems });
  expect(found.map(({ message }) => message)).toEqual([
    'This zip can be read in two ways: a (5 more contradictions; kplugin inspect --list probe shows all)',
  ]);
});

test('says nothing of a sound zip', async () => {
  expect(await findingsOf(zipAmbiguous, { files: { a: '' }, form: 'zip' })).toEqual([]);
});
