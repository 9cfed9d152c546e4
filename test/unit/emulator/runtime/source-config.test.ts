import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SourceConfigs } from '../../../../src/emulator/runtime/source-config.ts';
import { TARGET_NAMES } from '../../../../src/model/target.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'kplugin-config-'));
  await mkdir(path.join(root, 'sources'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const put = (name: string, text: string) => writeFile(path.join(root, 'sources', name), text);

const COMMON_1 = { delimiter: '', format: 'json', key: '' };
const COMMON_2 = {
  ...COMMON_1,
  datasource: '',
  retainSize: 0,
  schemaId: '',
  strictValidation: false,
  timestamp: '',
  timestampFormat: '',
};

/** What is left of a configuration beside the common keys. */
async function own(target: (typeof TARGET_NAMES)[number], confKey = ''): Promise<unknown> {
  const config = await new SourceConfigs(target).configOf(root, { source: 'x', confKey });
  const common = target === '1.14' ? COMMON_1 : COMMON_2;
  expect(config).toMatchObject(common);
  return Object.fromEntries(Object.entries(config).filter(([key]) => !(key in common)));
}

const names = (...all: string[]) => all.map((name) => ({ name, default: '' }));
const withNames = (...all: string[]) => JSON.stringify({ properties: { default: names(...all) } });

describe('the configuration of a source', () => {
  test.each(TARGET_NAMES)('is what eKuiper %s sent (recorded rule.flow)', async (target) => {
    await put('x.yaml', 'default:\n  count: 3\n  camelKey: v\nother:\n  count: 1\n');
    await put('x.json', '{"about":{},"libs":[],"properties":{"default":[]}}');
    const request = { source: 'x', confKey: 'default', dataSource: 'topicA' };
    const config = await new SourceConfigs(target).configOf(root, request);
    expect(config).toEqual(
      target === '1.14'
        ? { ...COMMON_1, camelKey: 'v', count: 3 }
        : { ...COMMON_2, camelkey: 'v', count: 3, datasource: 'topicA' },
    );
  });

  const CASED =
    'default:\n  hatId: 1\n  Sub:\n    DeepKey: 2\n  list:\n    - InList: 3\nOther:\n  hatId: 4\n';

  test.each([
    ['2.4', null, '', { hatid: 1, sub: { deepkey: 2 }, list: [{ InList: 3 }] }],
    ['2.4', ['hatId', 'DeepKey'], '', { hatId: 1, sub: { DeepKey: 2 }, list: [{ InList: 3 }] }],
    ['2.4', ['HATID', 'inlist'], '', { HATID: 1, sub: { deepkey: 2 }, list: [{ InList: 3 }] }],
    ['1.14', ['HATID'], '', { hatId: 1, Sub: { DeepKey: 2 }, list: [{ InList: 3 }] }],
    ['2.4', null, 'OTHER', { hatid: 4, sub: { deepkey: 2 }, list: [{ InList: 3 }] }],
    ['1.14', null, 'Other', { hatId: 4, Sub: { DeepKey: 2 }, list: [{ InList: 3 }] }],
    ['1.14', null, 'other', { hatId: 1, Sub: { DeepKey: 2 }, list: [{ InList: 3 }] }],
    ['2.4', null, 'nowhere', { hatid: 1, sub: { deepkey: 2 }, list: [{ InList: 3 }] }],
    ['2.4', null, '__proto__', { hatid: 1, sub: { deepkey: 2 }, list: [{ InList: 3 }] }],
  ] as const)('letter case: %s, names %j, group "%s"', async (target, listed, group, expected) => {
    await put('x.yaml', CASED);
    if (listed !== null) await put('x.json', withNames(...listed));
    expect(await own(target, group)).toEqual(expected);
  });

  test.each([
    ['no JSON at all', '{"properties":', {}],
    ['JSON without properties', '{}', {}],
    ['properties that are a list', '{"properties":[]}', {}],
    ['a property with a list as its default', withList(), { key1: 1 }],
  ])('with %s, on 2.x', async (_title, json, expected) => {
    await put('x.yaml', 'default:\n  Key1: 1\n');
    await put('x.json', json);
    expect(await own('2.4')).toEqual(expected);
  });

  test.each([
    ['no file', null, '', {}],
    ['an empty file', '', '', {}],
    ['an empty group', 'default:\n', '', {}],
    ['no group default', 'a:\n  b: 1\n', 'a', { b: 1 }],
    ['no group default, none chosen', 'a:\n  b: 1\n', '', {}],
    ['a broken file', 'default: {\n', '', {}],
    ['a key twice', 'default:\n  a: 1\n  a: 2\n', '', {}],
    ['a group that is no map', 'default:\n  a: 1\nb: 5\n', 'b', { a: 1 }],
    ['a group with a number as a key', 'default:\n  a: 1\nb:\n  1: 2\n', 'b', { a: 1 }],
    ['two documents', 'default:\n  a: 1\n---\ndefault:\n  a: 2\n', '', { a: 1 }],
    ['a broken second document', 'default:\n  a: 1\n---\n{\n', '', { a: 1 }],
    ['an alias', 'base: &b\n  a: 1\ndefault:\n  <<: *b\n  c: 2\n', '', { a: 1, c: 2 }],
    ['an alias of nothing', 'default:\n  a: *nope\n', '', {}],
    ['a list', '- default\n', '', {}],
    ['a day', 'default:\n  day: 2024-05-01\n', '', { day: '2024-05-01T00:00:00Z' }],
    [
      'values',
      'default:\n  a: 1000\n  b: 1.5\n  c: yes\n  d: ~\n  e: "1"\n',
      '',
      { a: 1000, b: 1.5, c: 'yes', d: null, e: '1' },
    ],
  ])('of %s', async (_title, yaml, group, expected) => {
    if (yaml !== null) await put('x.yaml', yaml);
    expect(await own('2.4', group)).toEqual(expected);
  });

  test('has what a stream says over what the file says, and what a test says over both', async () => {
    await put('x.yaml', 'default:\n  format: binary\n  a: 1\n  B: 2\n');
    const overrides = { a: 3, Datasource: 'kept as it is', timestamp: 'ts' };
    const config = await new SourceConfigs('2.4').configOf(root, { source: 'x', overrides });
    expect(config).toEqual({
      ...COMMON_2,
      a: 3,
      b: 2,
      Datasource: 'kept as it is',
      timestamp: 'ts',
    });
  });

  test.each([
    ['2.4', 1],
    ['2.0', 1],
    ['1.14', 2],
  ] as const)('on %s after a change of the file', async (target, seen) => {
    const configs = new SourceConfigs(target);
    const count = async () => (await configs.configOf(root, { source: 'x' }))['count'];
    expect(await count()).toBeUndefined();
    await put('x.yaml', 'default:\n  count: 1\n');
    expect(await count()).toBe(1);
    await put('x.yaml', 'default:\n  count: 2\n');
    expect(await count()).toBe(seen);
    configs.forget();
    expect(await count()).toBe(2);
  });
});

function withList(): string {
  return JSON.stringify({ properties: { default: [{ name: 'Key1', default: [{ name: 'In' }] }] } });
}
