import { expect, test } from 'vitest';
import { functionListMissing } from '../../../../../src/lint/rules/metadata/function-list-missing.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { functionJson } from '../../symbol-files.ts';

test.each<[string, Record<string, string>, string[]]>([
  ['there', { 'functions/pfn.json': functionJson() }, []],
  [
    'missing',
    { 'functions/pfn.json': functionJson({ functions: undefined }) },
    ['There is no list "functions"'],
  ],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(functionListMissing, { files: { ...GOOD_FILES, ...files } });
  expect(findings.map(({ message }) => message)).toEqual(expected);
});
