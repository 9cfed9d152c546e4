import { expect, test } from 'vitest';
import { jsonDuplicateKey } from '../../../../../src/lint/rules/json/json-duplicate-key.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';

test.each<[string, Record<string, string>, string[]]>([
  ['twice', { 'sinks/psnk.json': '{"a": 1,\n "a": 2}' }, ['1:2 "a" stands twice in this object']],
  [
    'three times',
    { 'sinks/psnk.json': '{"a":1,"a":2,"a":3}' },
    ['1:2 "a" stands twice in this object', '1:8 "a" stands twice in this object'],
  ],
  [
    'deep inside',
    { 'sinks/psnk.json': '[{"b":{"a":1,"a":2}}]' },
    ['1:8 "a" stands twice in this object'],
  ],
  ['another letter case is another rule', { 'sinks/psnk.json': '{"a":1,"A":2}' }, []],
  ['in different objects', { 'sinks/psnk.json': '{"a":{"x":1},"b":{"x":1}}' }, []],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(jsonDuplicateKey, { files: { ...GOOD_FILES, ...files } });
  expect(short(findings)).toEqual(expected);
});
