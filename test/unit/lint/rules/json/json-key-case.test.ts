import { expect, test } from 'vitest';
import { jsonKeyCase } from '../../../../../src/lint/rules/json/json-key-case.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';
import { sourceJson } from '../../symbol-files.ts';

test.each<[string, Record<string, string>, string[]]>([
  ['as eKuiper writes them', { 'sources/psrc.json': sourceJson() }, []],
  [
    'in the manifest',
    { 'probe.json': '{"Version":"1","language":"go","executable":"x"}' },
    ['1:2 "Version" is written "version"'],
  ],
  [
    'at the top of a source',
    { 'sources/psrc.json': sourceJson().replace('"properties"', '"Properties"') },
    ['1:276 "Properties" is written "properties"'],
  ],
  [
    'in a field',
    { 'sinks/psnk.json': '{"properties":[{"NAME":"x"}]}' },
    ['1:17 "NAME" is written "name"'],
  ],
  ['where eKuiper keeps every key', { 'functions/pfn.json': '{"Functions":[]}' }, []],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(jsonKeyCase, { files: { ...GOOD_FILES, ...files } });
  expect(short(findings)).toEqual(expected);
});

test.each([
  ['2.4', 'does not find it'],
  ['1.14', 'takes it all the same'],
] as const)('for %s a source loses its YAML or not', async (target, effect) => {
  const files = { ...GOOD_FILES, 'sources/psrc.json': '{"Properties":{}}' };
  const [finding] = await findingsOf(jsonKeyCase, { files }, target);
  expect(finding?.effect).toContain(effect);
});
