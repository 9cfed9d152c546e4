import { expect, test } from 'vitest';
import { MOST_SYMBOL_FILES } from '../../../../../src/lint/read-subject.ts';
import { tooManySymbolFiles } from '../../../../../src/lint/rules/package/too-many-symbol-files.ts';
import { findingsOf, short } from '../../check-rule.ts';

const files = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`sinks/s${at}.json`, '{}']));

test('more than are read are told', async () => {
  const found = await findingsOf(tooManySymbolFiles, { files: files(MOST_SYMBOL_FILES + 1) });
  expect(short(found)).toEqual(['- 2001 files .json lie in sources/, sinks/ and functions/']);
});

test('as many as are read are none too many', async () => {
  expect(await findingsOf(tooManySymbolFiles, { files: files(MOST_SYMBOL_FILES) })).toEqual([]);
});
