import { expect, test } from 'vitest';
import { symbolFileUndeclared } from '../../../../../src/lint/rules/symbols/symbol-file-undeclared.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';

test.each<[string, Record<string, string>, string[]]>([
  [
    'all declared',
    { 'sources/psrc.json': '{}', 'sinks/psnk.json': '{}', 'functions/pfn.json': '{}' },
    [],
  ],
  [
    'a source',
    { 'sources/other.yaml': '' },
    ['- "other" is not declared under "sources" in probe.json'],
  ],
  ['a sink', { 'sinks/other.json': '' }, ['- "other" is not declared under "sinks" in probe.json']],
  [
    'a function file',
    { 'functions/defect.json': '' },
    ['- "defect" is not declared under "functions" in probe.json'],
  ],
  ['files that are none', { 'sources/readme.md': '', 'lib/x.json': '' }, []],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(symbolFileUndeclared, { files: { ...GOOD_FILES, ...files } });
  expect(short(findings)).toEqual(expected);
});

test('names the symbol that it was most likely meant for', async () => {
  const files = { ...GOOD_FILES, 'functions/defect.json': '{}' };
  const [finding] = await findingsOf(symbolFileUndeclared, { files });
  expect(finding?.hint).toContain('functions/pfn.json');
});

test('of hundreds of files only the first are compared with the names', async () => {
  const many = Array.from({ length: 900 }, (_, index) => [`functions/pfx${index}.json`, '{}']);
  const files = { ...GOOD_FILES, ...Object.fromEntries(many) };
  const found = await findingsOf(symbolFileUndeclared, { files });
  expect(found).toHaveLength(900);
  expect(found.filter(({ hint }) => hint.startsWith('Rename it')).length).toBeLessThanOrEqual(20);
});
