import { expect, test } from 'vitest';
import { yamlValueNotJson } from '../../../../../src/lint/rules/source-yaml/yaml-value-not-json.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';

const NAN = 'JSON has no such value: .nan';
const KEYS = 'JSON has no such value: a mapping with a key that is no text';

test.each<[string, string, string[]]>([
  ['plain values', 'default:\n  a: 1\n  b: [1.5, x, null]\n  m: {"1": x}\n', []],
  ['.nan', 'default:\n  interval: .nan\n', [`2:3 ${NAN}`]],
  [
    '.inf',
    'default:\n  a: .inf\n  b: -.Inf\n',
    ['2:3 JSON has no such value: .inf', '3:3 JSON has no such value: -.inf'],
  ],
  ['a text of that name', 'default:\n  a: ".nan"\n  b: nan\n', []],
  ['in a list', 'default:\n  a: [1, [.nan]]\n', [`2:3 ${NAN}`]],
  ['in a mapping', 'default:\n  a:\n    b:\n      c: .nan\n', [`4:7 ${NAN}`]],
  ['a number as a key', 'default:\n  m: {1: x}\n', [`2:3 ${KEYS}`]],
  ['true as a key in a list', 'default:\n  m:\n    - true: x\n', [`2:3 ${KEYS}`]],
  ['from a merge', 'x: &x\n  a: .nan\ndefault:\n  <<: *x\n', [`2:3 ${NAN}`, `3:1 ${NAN}`]],
  // Of this the whole group is lost, which is another finding.
  ['a number as a key of a group', 'default:\n  1: x\n', []],
])('%s', async (_, text, expected) => {
  const files = { ...GOOD_FILES, 'sources/psrc.yaml': text };
  const found = await findingsOf(yamlValueNotJson, { files });
  expect(found.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual(
    expected,
  );
});

test('says who fails, in the words of encoding/json', async () => {
  const text = 'default:\n  a: .nan\nfast:\n  m: {1: x}\n';
  const files = { ...GOOD_FILES, 'sources/psrc.yaml': text };
  const found = await findingsOf(yamlValueNotJson, { files });
  expect(found.map(({ effect }) => effect)).toEqual([
    'The source psrc is not started: eKuiper cannot hand it to the plugin ("json: unsupported value: NaN")',
    'The source psrc is not started for a stream with CONF_KEY="fast": eKuiper cannot hand it to the plugin ("json: unsupported type: map[interface {}]interface {}")',
  ]);
});
