import { expect, test } from 'vitest';
import { executableMissing } from '../../../../../src/lint/rules/manifest/executable-missing.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { withManifest } from '../../plugin-files.ts';

test.each([
  ['an executable', {}, []],
  ['none', { executable: undefined }, ['1:1 The manifest has no "executable"']],
  ['null', { executable: null }, ['1:53 "executable" is empty']],
  ['empty', { executable: '' }, ['1:53 "executable" is empty']],
  ['a list: a type error, said elsewhere', { executable: ['main.py'] }, []],
])('%s', async (_, keys, expected) => {
  expect(short(await findingsOf(executableMissing, { files: withManifest(keys) }))).toEqual(
    expected,
  );
});
