import { expect, test } from 'vitest';
import { tooManySymbolFiles } from '../../../../../src/lint/rules/package/too-many-symbol-files.ts';
import { functionUndescribed } from '../../../../../src/lint/rules/symbols/function-undescribed.ts';
import { FILE_LIMITS } from '../../../../../src/lint/subject/entries.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

const MOST = FILE_LIMITS.files;
const files = (count: number, name: (at: number) => string, text = '{}') =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [name(at), text]));
const sinks = (count: number, text?: string) => files(count, (at) => `sinks/s${at}.json`, text);

test.each([
  ['symbols', sinks(MOST + 1), '.json lie in sources/, sinks/ and functions/'],
  ['sources', files(MOST + 1, (at) => `sources/s${at}.yaml`), '.yaml lie in sources/'],
  ['the root', files(MOST + 1, (at) => `s${at}.json`), '.json lie in the root'],
])('more files of %s than are read are told', async (_, given, what) => {
  expect(short(await findingsOf(tooManySymbolFiles, { files: given }))).toEqual([
    `- 501 files ${what}; kplugin checks the first 500`,
  ]);
});

const MEGABYTE = ' '.repeat(1024 ** 2);

test.each([
  ['the first two of three megabytes', sinks(3, MEGABYTE), 2],
  ['one file, however large', sinks(2, MEGABYTE.repeat(3)), 1],
])('%s', async (_, given, read) => {
  expect(short(await findingsOf(tooManySymbolFiles, { files: given }))).toEqual([
    expect.stringMatching(new RegExp(`kplugin checks the first ${read}$`)),
  ]);
});

test.each([
  ['as many as are read', sinks(MOST)],
  ['as much as is read', sinks(2, MEGABYTE)],
])('%s are none too many', async (_, given) => {
  expect(await findingsOf(tooManySymbolFiles, { files: given })).toEqual([]);
});

test('a function that a file may describe which was not read is not called undescribed', async () => {
  const given = withFiles(files(MOST + 1, (at) => `functions/f${at}.json`));
  expect(await findingsOf(functionUndescribed, { files: given })).toEqual([]);
});
