import { expect, test } from 'vitest';
import { manifestMissing } from '../../../../../src/lint/rules/manifest/manifest-missing.ts';
import { textNotChecked } from '../../../../../src/lint/rules/package/text-not-checked.ts';
import { TEXT_LIMITS } from '../../../../../src/model/text-limits.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';

const of = (size: number): string => '{}'.padEnd(size, ' ');
const { textFile, script } = TEXT_LIMITS;

test.each([
  ['long.json', textFile, 'error'],
  ['functions/long.json', textFile, 'error'],
  ['sources/long.json', textFile, 'error'],
  ['install.sh', script, 'warning'],
])('a %s of more than %d bytes is told as our limit', async (path, most, severity) => {
  const found = await findingsOf(textNotChecked, {
    files: { ...GOOD_FILES, [path]: of(most + 1) },
  });
  expect(found).toMatchObject([{ file: path, severity }]);
  expect(found[0]?.effect).toBe('What eKuiper makes of the file is not known');
});

test.each([
  ['functions/long.json', textFile],
  ['install.sh', script],
])('%s may have %d bytes', async (path, most) => {
  const files = { ...GOOD_FILES, [path]: of(most) };
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
