import { expect, test } from 'vitest';
import { symbolFileMissing } from '../../../../../src/lint/rules/symbols/symbol-file-missing.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';

test.each<[string, Record<string, string>, string[]]>([
  [
    'both missing',
    {},
    [
      '1:74 The source "psrc" has no sources/psrc.json',
      '1:91 The sink "psnk" has no sinks/psnk.json',
    ],
  ],
  ['both there', { 'sources/psrc.json': '', 'sinks/psnk.json': '' }, []],
  [
    'another letter case',
    { 'sources/Psrc.json': '', 'sinks/psnk.json': '' },
    ['1:74 sources/psrc.json is missing; sources/Psrc.json differs in letter case'],
  ],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(symbolFileMissing, { files: { ...GOOD_FILES, ...files } });
  expect(short(findings)).toEqual(expected);
});
