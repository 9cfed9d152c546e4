import { expect, test } from 'vitest';
import { manifestMissing } from '../../../../../src/lint/rules/manifest/manifest-missing.ts';
import { textNotChecked } from '../../../../../src/lint/rules/package/text-not-checked.ts';
import { TEXT_LIMITS } from '../../../../../src/model/text-limits.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';

const of = (size: number): string => '{}'.padEnd(size, ' ');
const { textFile } = TEXT_LIMITS;

test.each([
  ['long.json', 'error'],
  ['functions/long.json', 'error'],
  ['sources/long.json', 'error'],
  ['install.sh', 'warning'],
])('a %s that is too long is told as our limit', async (path, severity) => {
  const found = await findingsOf(textNotChecked, {
    files: { ...GOOD_FILES, [path]: of(textFile + 1) },
  });
  expect(found).toMatchObject([{ file: path, severity }]);
  expect(found[0]?.effect).toBe('What eKuiper makes of the file is not known');
});

test.each(['functions/long.json', 'install.sh'])('%s may have so many bytes', async (path) => {
  const files = { ...GOOD_FILES, [path]: of(textFile) };
  expect(await findingsOf(textNotChecked, { files })).toEqual([]);
});

test('data and the files of other tools are none of it', async () => {
  const files = {
    ...GOOD_FILES,
    'package-lock.json': of(textFile + 1),
    'data/model.json': of(textFile + 1),
  };
  expect(await findingsOf(textNotChecked, { files })).toEqual([]);
});

test('a manifest that is too long is not called missing', async () => {
  const files = { 'main.py': '', 'probe.json': of(textFile + 1) };
  expect(await findingsOf(manifestMissing, { files })).toEqual([]);
  expect(await findingsOf(textNotChecked, { files })).toHaveLength(1);
});
