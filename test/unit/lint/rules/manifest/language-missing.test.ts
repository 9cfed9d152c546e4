import { expect, test } from 'vitest';
import { languageMissing } from '../../../../../src/lint/rules/manifest/language-missing.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { withManifest } from '../../plugin-files.ts';

test.each([
  ['a language', {}, []],
  ['none', { language: undefined }, ['1:1 The manifest has no "language"']],
  ['null', { language: null }, ['1:31 "language" is empty']],
  ['empty', { language: '' }, ['1:31 "language" is empty']],
  ['a key in another letter case', { language: undefined, LANGUAGE: 'go' }, []],
  ['the last duplicate counts', { LANGUAGE: '' }, ['1:130 "language" is empty']],
  ['a number: a type error, said elsewhere', { language: 1 }, []],
])('%s', async (_, keys, expected) => {
  expect(short(await findingsOf(languageMissing, { files: withManifest(keys) }))).toEqual(expected);
});
