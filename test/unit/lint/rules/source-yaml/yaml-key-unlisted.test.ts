import { expect, test } from 'vitest';
import { yamlKeyUnlisted } from '../../../../../src/lint/rules/source-yaml/yaml-key-unlisted.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';

const PROPERTIES = {
  default: [
    { name: 'interval', default: 5 },
    { name: 'id', default: '' },
  ],
};
const JSON_FILE = JSON.stringify({ properties: PROPERTIES });

test.each<[string, string, string[]]>([
  ['a listed key', 'default: { interval: 1 }', []],
  ['in other letter case', 'default: { Interval: 1 }', []],
  [
    'a misspelt key',
    'default: { intervall: 1 }',
    ['1:12 "intervall" is no property in sources/psrc.json; "interval" is'],
  ],
  ['a key like one that is there', 'default: { interval: 1, intervall: 1 }', []],
  ['another key', 'default: { topic: a }', []],
  ['a short key', 'default: { ip: a }', []],
])('%s', async (_title, yaml, expected) => {
  const files = { ...GOOD_FILES, 'sources/psrc.yaml': yaml, 'sources/psrc.json': JSON_FILE };
  expect(short(await findingsOf(yamlKeyUnlisted, { files }))).toEqual(expected);
});

test('without a JSON nothing is known', async () => {
  const { 'sources/psrc.json': _, ...rest } = GOOD_FILES;
  const files = { ...rest, 'sources/psrc.yaml': 'default: { intervall: 1 }' };
  expect(short(await findingsOf(yamlKeyUnlisted, { files }))).toEqual([]);
});
