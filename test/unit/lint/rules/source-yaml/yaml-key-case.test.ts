import { expect, test } from 'vitest';
import { yamlKeyCase } from '../../../../../src/lint/rules/source-yaml/yaml-key-case.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';

const yaml = (text: string) => ({ 'sources/psrc.yaml': text });
const json = (properties: string) => ({
  'sources/psrc.json': `{"properties":{"default":${properties}}}`,
});

test.each<[string, Record<string, string>, string[]]>([
  [
    'no JSON',
    yaml('default:\n  hatId: 1\n  low: 2\n'),
    ['2:3 "hatId" reaches the plugin as "hatid"'],
  ],
  [
    'not listed',
    { ...yaml('default:\n  hatId: 1\n'), ...json('[]') },
    ['2:3 "hatId" reaches the plugin as "hatid"'],
  ],
  ['listed', { ...yaml('default:\n  hatId: 1\n'), ...json('[{"name":"hatId"}]') }, []],
  [
    'listed in another case',
    { ...yaml('default:\n  hatid: 1\n'), ...json('[{"name":"hatId"}]') },
    ['2:3 "hatid" reaches the plugin as "hatId"'],
  ],
  [
    'with nested defaults its own name is lost',
    {
      ...yaml('default:\n  topCfg:\n    inCfg: 1\n'),
      ...json('[{"name":"topCfg","default":[{"name":"inCfg"}]}]'),
    },
    ['2:3 "topCfg" reaches the plugin as "topcfg"'],
  ],
  [
    'with an object of plain values too',
    { ...yaml('default:\n  topCfg: 1\n'), ...json('[{"name":"topCfg","default":{"a":"b"}}]') },
    ['2:3 "topCfg" reaches the plugin as "topcfg"'],
  ],
  [
    'an empty default keeps it',
    { ...yaml('default:\n  topCfg: 1\n'), ...json('[{"name":"topCfg","default":{}}]') },
    [],
  ],
  ['keys in lists stay', yaml('default:\n  a:\n    - inList: 1\n'), []],
  ['groups stay, whatever their case', yaml('Default:\n  a: 1\n'), []],
  [
    'unreadable properties lose the file, which is another rule',
    { ...yaml('default:\n  hatId: 1\n'), 'sources/psrc.json': '{}' },
    [],
  ],
  ['broken YAML is another rule', yaml('default: [hatId: 1'), []],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(yamlKeyCase, { files: { ...GOOD_FILES, ...files } });
  expect(short(findings)).toEqual(expected);
});

test('the fix is the property', async () => {
  const files = { ...GOOD_FILES, ...yaml('default:\n  hatId: 1\n') };
  const [finding] = await findingsOf(yamlKeyCase, { files });
  expect(finding?.hint).toContain('List the property "hatId" in sources/psrc.json');
});

test('eKuiper 1.14 leaves keys alone', async () => {
  const files = { ...GOOD_FILES, ...yaml('default:\n  hatId: 1\n') };
  expect(await findingsOf(yamlKeyCase, { files }, '1.14')).toEqual([]);
});
