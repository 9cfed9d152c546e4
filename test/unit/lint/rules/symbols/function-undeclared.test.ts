import { expect, test } from 'vitest';
import { functionUndeclared } from '../../../../../src/lint/rules/symbols/function-undeclared.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';
import { functionJson } from '../../symbol-files.ts';

test.each<[string, Record<string, string>, string[]]>([
  ['declared', { 'functions/pfn.json': functionJson() }, []],
  [
    'not declared',
    { 'functions/pfn.json': '{"functions":[{"name":"pfn"},{"name":"other"}]}' },
    ['1:38 "other" is described here, but not declared in probe.json'],
  ],
  ['not JSON', { 'functions/pfn.json': '{' }, []],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(functionUndeclared, { files: { ...GOOD_FILES, ...files } });
  expect(short(findings)).toEqual(expected);
});
