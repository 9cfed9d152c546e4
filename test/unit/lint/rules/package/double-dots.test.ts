import { expect, test } from 'vitest';
import { doubleDots } from '../../../../../src/lint/rules/package/double-dots.ts';
import { findingsOf } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

test.each([
  ['2.2' as const, 'a..b.txt', []],
  ['2.3' as const, 'a..b.txt', ['a..b.txt']],
  ['2.3' as const, 'v1../x', ['v1../x']],
  ['2.3' as const, 'a.b.txt', []],
  ['2.4' as const, 'a..b.txt', []],
])('on %s: %s', async (target, path, expected) => {
  const spec = { files: withFiles({ [path]: '' }), form: 'zip' as const };
  const found = await findingsOf(doubleDots, spec, target);
  expect(found.map(({ file }) => file)).toEqual(expected);
});
