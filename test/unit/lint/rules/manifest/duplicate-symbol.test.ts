import { expect, test } from 'vitest';
import { duplicateSymbol } from '../../../../../src/lint/rules/manifest/duplicate-symbol.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { withManifest } from '../../plugin-files.ts';

test.each([
  ['none', {}, []],
  ['twice in a list', { sinks: ['a', 'a'] }, ['1:95 The sink "a" is listed twice']],
  ['three times', { sinks: ['a', 'a', 'a'] }, ['1:95', '1:99']],
  ['in two lists', { sources: ['a'], sinks: ['a'] }, []],
  ['another letter case', { sinks: ['a', 'A'] }, []],
  ['empty names: said by empty-symbol', { sinks: ['', ''] }, []],
])('%s', async (_, keys, expected) => {
  const found = short(await findingsOf(duplicateSymbol, { files: withManifest(keys) }));
  expect(found).toHaveLength(expected.length);
  expected.forEach((start, index) => {
    expect(found[index]).toMatch(new RegExp(`^${start}`));
  });
});
