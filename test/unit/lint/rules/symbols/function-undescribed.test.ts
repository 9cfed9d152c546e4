import { expect, test } from 'vitest';
import { functionUndescribed } from '../../../../../src/lint/rules/symbols/function-undescribed.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';
import { functionJson } from '../../symbol-files.ts';

test.each<[string, Record<string, string>, string[]]>([
  ['described under its own name', { 'functions/pfn.json': functionJson() }, []],
  ['described in a file of another name', { 'functions/all.json': functionJson() }, []],
  ['nowhere', {}, ['1:112 No file in functions/ describes the function "pfn"']],
  [
    'another letter case',
    { 'functions/pfn.json': functionJson().replace('"pfn"', '"PFN"') },
    ['1:112 No file in functions/ describes the function "pfn"'],
  ],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(functionUndescribed, { files: { ...GOOD_FILES, ...files } });
  expect(short(findings)).toEqual(expected);
});

test.each<[string, Record<string, string>, string]>([
  ['there is no file', {}, 'Add functions/pfn.json'],
  ['its file describes none', { 'functions/pfn.json': '{}' }, 'Describe it in functions/pfn.json'],
])('what helps where %s', async (_title, files, hint) => {
  const [finding] = await findingsOf(functionUndescribed, { files: { ...GOOD_FILES, ...files } });
  expect(finding?.hint).toBe(`${hint}; kplugin schema function shows what to put in it`);
});
