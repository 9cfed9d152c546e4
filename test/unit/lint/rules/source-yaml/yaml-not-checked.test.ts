import { expect, test } from 'vitest';
import { yamlNotChecked } from '../../../../../src/lint/rules/source-yaml/yaml-not-checked.ts';
import { TEXT_LIMITS } from '../../../../../src/model/text-limits.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';

test.each([
  ['brackets', `default: ${'['.repeat(2000)}${']'.repeat(2000)}\n`],
  ['dashes', `default:\n  ${'- '.repeat(2000)}x\n`],
  ['question marks', `default:\n  ${'? '.repeat(2000)}x\n`],
  ['braces', `default: ${'{a: '.repeat(2000)}${'}'.repeat(2000)}\n`],
])('too many levels of %s are told as our limit', async (_title, yaml) => {
  const [finding] = await findingsOf(yamlNotChecked, {
    files: { ...GOOD_FILES, 'sources/psrc.yaml': yaml },
  });
  expect(finding?.message).toMatch(/^kplugin does not check files of this shape/);
  expect(finding?.effect).toBe('What eKuiper makes of the file is not known');
});

test.each([
  ['keys without values', '  a:\n'.repeat(250_000)],
  ['values in brackets', `  a: [${'1,'.repeat(500_001)}]\n`],
])('too many %s are told as our limit', async (_title, values) => {
  const files = { ...GOOD_FILES, 'sources/psrc.yaml': `default:\n${values}` };
  const found = await findingsOf(yamlNotChecked, { files });
  expect(found.map(({ message }) => message)).toEqual([
    expect.stringContaining('more than 500000 keys and values'),
  ]);
});

test.each([
  ['one byte more', 1, [/^kplugin does not check files of this shape: it has more than 1536 KiB/]],
  ['all that it may be', 0, []],
])('a file of %s', async (_title, more, expected) => {
  const head = 'default:\n  a: 1\n#';
  const yaml = head.padEnd(TEXT_LIMITS.sourceYaml + more, 'x');
  const files = { ...GOOD_FILES, 'sources/psrc.yaml': yaml };
  const found = await findingsOf(yamlNotChecked, { files });
  expect(found.map(({ message }) => message)).toEqual(
    expected.map((message) => expect.stringMatching(message)),
  );
});

test('what people write is far from it', async () => {
  const deep = `default:\n${Array.from({ length: 100 }, (_, level) => `${'  '.repeat(level + 1)}a:\n`).join('')}`;
  const files = { ...GOOD_FILES, 'sources/psrc.yaml': deep };
  expect(await findingsOf(yamlNotChecked, { files })).toEqual([]);
});
