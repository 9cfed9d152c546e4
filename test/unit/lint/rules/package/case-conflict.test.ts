import { expect, test } from 'vitest';
import { caseConflict } from '../../../../../src/lint/rules/package/case-conflict.ts';
import { findingsOf, short } from '../../check-rule.ts';

test.each([
  ['none', [], []],
  [
    'one',
    [{ kind: 'case-conflict' as const, entry: 'A', detail: 'differs from a only in letter case' }],
    ['- The name differs from a only in letter case'],
  ],
])('%s', async (_, problems, expected) => {
  expect(short(await findingsOf(caseConflict, { files: {}, problems }))).toEqual(expected);
});
