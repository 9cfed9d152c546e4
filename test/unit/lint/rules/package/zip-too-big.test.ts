import { expect, test } from 'vitest';
import { zipTooBig } from '../../../../../src/lint/rules/package/zip-too-big.ts';
import { findingsOf } from '../../check-rule.ts';

test.each([
  ['too-many-entries' as const, 1],
  ['too-large' as const, 1],
  ['suspicious-ratio' as const, 1],
  ['duplicate-entry' as const, 0],
])('%s', async (kind, count) => {
  const problems = [{ kind, entry: null, detail: 'so much' }];
  const found = await findingsOf(zipTooBig, { files: {}, form: 'zip', label: 'b.zip', problems });
  expect(found.map(({ file, message }) => `${file}: ${message}`)).toEqual(
    Array(count).fill('b.zip: This package is too big to be a plugin: so much'),
  );
});
