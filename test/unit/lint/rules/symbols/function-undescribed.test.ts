import { expect, test } from 'vitest';
import { functionUndescribed } from '../../../../../src/lint/rules/symbols/function-undescribed.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';
import { functionJson } from '../../symbol-files.ts';

test.each<[string, Record<string, string>, string[]]>([
  ['described under its own name', { 'functions/pfn.json': functionJson() }, []],
  ['described in a file of another name', { 'functions/all.json': functionJson() }, []],
  ['nowhere', {}, ['1:112 The function "pfn" has no metadata file in functions/']],
  [
    'another letter case',
    { 'functions/pfn.json': functionJson().replace('"pfn"', '"PFN"') },
    ['1:112 The function "pfn" has no metadata file in functions/'],
  ],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(functionUndescribed, { files: { ...GOOD_FILES, ...files } });
  expect(short(findings)).toEqual(expected);
});
