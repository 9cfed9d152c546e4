import { expect, test } from 'vitest';
import { entryNameTooLong } from '../../../../../src/lint/rules/package/entry-name-too-long.ts';
import { findingsOf } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

test.each([
  ['a'.repeat(255), 0],
  ['a'.repeat(256), 1],
  [`${'ä'.repeat(127)}b`, 0],
  [`lib/${'ä'.repeat(128)}`, 1],
  [Array(20).fill('a'.repeat(200)).join('/'), 0],
  [Array(21).fill('a'.repeat(200)).join('/'), 1],
])('%.20s…', async (path, count) => {
  const found = await findingsOf(entryNameTooLong, {
    files: withFiles({ [path]: '' }),
    form: 'zip',
  });
  expect(found).toHaveLength(count);
});
