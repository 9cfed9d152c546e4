import { describe, expect, it } from 'vitest';
import { planInstall } from '../../../../src/deploy/change/plan.ts';
import { changedYaml } from '../../../../src/deploy/install/notes.ts';
import { FakeHost } from '../change/fake-host.ts';

async function changes(version: string, before: string | null, text: string) {
  const host = new FakeHost(version);
  if (before !== null) host.has('probe', '1.0.0', before);
  const used = {
    default: { camelkey: 'v', count: 3, list: [1, { a: null }], interval: '4.711s' },
    other: { count: 1 },
    hidden: { password: '******' },
  };
  host.configs.set('psrc', new Map(Object.entries(used)));
  const plan = await planInstall(host, {
    plugin: { name: 'probe', version: '2.0.0', symbols: [] },
    uploadName: 'new.zip',
    shellParas: [],
    reinstall: false,
  });
  return changedYaml(host, plan, new Map([['psrc', Buffer.from(text)]]));
}

const SAME =
  'other:\n  count: 1\ndefault:\n  list: [1, {A: }]\n  count: 3\n  camelKey: v\n  interval: 4711\nhidden:\n  password: x\n';

describe('source files that an update brings in vain', () => {
  it.each([
    ['the same in another order and case, as far as can be seen', SAME, ['unknown']],
    ['another value', SAME.replace('count: 3', 'count: 2'), ['differs']],
    ['another group', `${SAME}third:\n  x: 1\n`, ['differs']],
    ['a key less', SAME.replace('  camelKey: v\n', ''), ['differs']],
    ['another interval', SAME.replace('4711', '4712'), ['differs']],
    ['the same without a password', SAME.replace(/hidden:.*/s, ''), ['differs']],
    ['no YAML at all', 'a: [', ['unknown']],
  ])('%s', async (_name, text, states) => {
    const found = await changes('2.4.0', 'old.zip', text);
    expect(found.map(({ source, state }) => ({ source, state }))).toEqual(
      states.map((state) => ({ source: 'psrc', state })),
    );
  });

  it.each([
    ['1.14.7', 'old.zip'],
    ['2.4.0', null],
    ['2.4.0', 'new.zip'],
  ])('nothing to compare on %s with %s before', async (version, before) => {
    expect(await changes(version, before, 'default: {}')).toEqual([]);
  });

  it('a host that does not tell', async () => {
    const host = new FakeHost('2.4.0').has('probe', '1.0.0', 'old.zip');
    const plan = await planInstall(host, {
      plugin: { name: 'probe', version: '2.0.0', symbols: [] },
      uploadName: 'new.zip',
      shellParas: [],
      reinstall: false,
    });
    expect(
      await changedYaml(host, plan, new Map([['psrc', Buffer.from('default: {}')]])),
    ).toMatchObject([{ source: 'psrc', state: 'unknown' }]);
  });
});
