import { expect, test } from 'vitest';
import { sourceText } from '../../../../src/model/source-text.ts';
import { Mistakes } from '../../../../src/testing/case/mistakes.ts';
import { yamlTree } from '../../../../src/testing/read/tree.ts';
import { readFiles } from './read-text.ts';

test.each([
  [
    'a long file',
    'a: 1\n'.repeat(150_000),
    /^kplugin does not read case files of more than 256 KiB/,
  ],
  ['many levels', '['.repeat(100_000), /^values lie more than 1000 levels deep/],
  ['many levels of question marks', '? '.repeat(50_000), /^values lie more than 1000 levels deep/],
])('a case file with %s is a mistake that names the limit', (_title, text, expected) => {
  const mistakes = new Mistakes('tests/x.yaml', sourceText(text));
  expect(yamlTree(text, mistakes)).toBeNull();
  expect(mistakes.found.map(({ message }) => message)).toEqual([expect.stringMatching(expected)]);
});

test.each([1001, 9000, 20_000])('JSON that is %i levels deep is one mistake', async (depth) => {
  const deep = `${'['.repeat(depth)}1${']'.repeat(depth)}`;
  for (const text of [deep, `{"cases":[{"function":"reverse","args":${deep},"result":1}]}`]) {
    const { mistakes } = await readFiles({ 'a.json': text });
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatchObject({ file: 'tests/a.json', rule: 'case-syntax' });
  }
});
