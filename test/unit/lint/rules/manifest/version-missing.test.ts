import { expect, test } from 'vitest';
import { versionMissing } from '../../../../../src/lint/rules/manifest/version-missing.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { withManifest } from '../../plugin-files.ts';

test.each([
  ['a version', { version: 'v1.1' }, []],
  ['none', { version: undefined }, ['1:1 The manifest has no "version"']],
  ['null', { version: null }, ['1:12 "version" is empty']],
  ['empty', { version: '' }, ['1:12 "version" is empty']],
  ['a number: a type error, said elsewhere', { version: 1 }, []],
])('%s', async (_, keys, expected) => {
  expect(short(await findingsOf(versionMissing, { files: withManifest(keys) }))).toEqual(expected);
});
