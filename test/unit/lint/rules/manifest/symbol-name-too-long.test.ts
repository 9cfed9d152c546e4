import { expect, test } from 'vitest';
import { symbolNameTooLong } from '../../../../../src/lint/rules/manifest/symbol-name-too-long.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { withManifest } from '../../plugin-files.ts';

test.each([
  [90, []],
  [91, ['1:118 The name of this function has 91 characters; 90 are safe']],
])('%i characters', async (length, expected) => {
  const files = withManifest({ functions: ['pfn', 'x'.repeat(length)] });
  expect(short(await findingsOf(symbolNameTooLong, { files }))).toEqual(expected);
});
