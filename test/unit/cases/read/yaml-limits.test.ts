import { expect, test } from 'vitest';
import { Mistakes } from '../../../../src/cases/read/mistakes.ts';
import { yamlTree } from '../../../../src/cases/read/yaml-tree.ts';
import { sourceText } from '../../../../src/model/source-text.ts';

test.each([
  [
    'a long file',
    'a: 1\n'.repeat(150_000),
    /^kplugin does not read case files of more than 256 KiB/,
  ],
  ['many levels', '['.repeat(100_000), /^values lie more than 1000 levels deep/],
  ['many levels of question marks', '? '.repeat(50_000), /^values lie more than 1000 levels deep/],
])('a case file with %s is a mistake that names the limit', async (_title, text, expected) => {
  const mistakes = new Mistakes('tests/x.yaml', sourceText(text));
  expect(await yamlTree(text, mistakes)).toBeNull();
  expect(mistakes.found.map(({ message }) => message)).toEqual([expect.stringMatching(expected)]);
});
