import { describe, expect, it } from 'vitest';
import { applyConfig, compareGroups, configLimits } from '../../../src/deploy/source-settings.ts';
import { FakeHost, hostFailure } from './change/fake-host.ts';

const USED = new Map<string, unknown>([
  ['default', { camelkey: 'v1', interval: '1s', message: 'hello', old: 1 }],
  ['secret', { password: '******', message: 'x' }],
]);
const SAME = { message: 'hello', interval: 1000, camelKey: 'v1', old: 1 };
const SECRET = { password: 'p', message: 'x' };

describe('groups of a source’s YAML against those a host uses', () => {
  it('the same, in another order and letter case', () => {
    const used = new Map([...USED].slice(0, 1));
    expect(compareGroups(used, { Default: SAME })).toEqual({
      state: 'same',
      changes: [],
      goneGroups: [],
    });
  });

  it('hidden settings leave it open, and go along', () => {
    expect(compareGroups(USED, { default: SAME, secret: SECRET })).toEqual({
      state: 'unknown',
      changes: [{ group: 'secret', settings: SECRET, gone: [], held: [] }],
      goneGroups: [],
    });
  });

  it('a changed group is put as a whole, in the host’s spelling, without times', () => {
    const wanted = { default: { camelKey: 'v2', interval: 2000, message: 'hello', newKey: 1 } };
    expect(compareGroups(USED, wanted)).toEqual({
      state: 'differs',
      changes: [
        {
          group: 'default',
          settings: { camelkey: 'v2', message: 'hello', newKey: 1 },
          gone: ['old'],
          held: ['interval'],
        },
      ],
      goneGroups: ['secret'],
    });
  });

  it('a new group, and one that is no map', () => {
    const { state, changes } = compareGroups(USED, {
      default: SAME,
      secret: SECRET,
      more: { a: 1 },
      odd: 'text',
    });
    expect(state).toBe('differs');
    expect(changes.slice(1)).toEqual([
      { group: 'more', settings: { a: 1 }, gone: [], held: [] },
      { group: 'odd', settings: {}, gone: [], held: [] },
    ]);
  });
});

const change = (group: string, settings: object) => ({
  group,
  settings: { ...settings },
  gone: [],
  held: [],
});

describe('putting them to a host', () => {
  it('each group, going on after one that is refused', async () => {
    const host = new FakeHost('2.4.0');
    const put: unknown[] = [];
    // The fake's method takes two; a test needs the settings as well.
    host.putSourceGroup = async (...args: [string, string, object?]) => {
      put.push(args);
      if (args[1] === 'bad') throw hostFailure('refused');
    };
    const groups = [change('bad', { a: 1 }), change('empty', {}), change('good', { b: 2 })];
    const applied = await applyConfig(host, [{ source: 'psrc', groups, goneGroups: [] }]);
    expect(applied).toMatchObject([
      { source: 'psrc', group: 'bad', failure: { kind: 'refused' } },
      { source: 'psrc', group: 'good', failure: null },
    ]);
    expect(put).toEqual([
      ['psrc', 'bad', { a: 1 }],
      ['psrc', 'good', { b: 2 }],
    ]);
  });

  it('ends when the host is gone', async () => {
    const host = new FakeHost('2.4.0');
    host.putSourceGroup = async () => {
      throw hostFailure('unreachable');
    };
    const changes = [{ source: 'psrc', groups: [change('a', { a: 1 })], goneGroups: [] }];
    await expect(applyConfig(host, changes)).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it('says what cannot be done that way', () => {
    const groups = [{ group: 'default', settings: {}, gone: ['a', 'b'], held: ['interval'] }];
    expect(configLimits([{ source: 'psrc', groups, goneGroups: ['other'] }])).toEqual([
      'psrc/default: a, b no longer in the file, but on the host until eKuiper restarts',
      'psrc/default: interval changes when eKuiper restarts; put, it would reach the plugin as text ("2s")',
      'psrc: groups other no longer in the file, but on the host until eKuiper restarts',
    ]);
    expect(configLimits([{ source: 'psrc', groups: [change('a', {})], goneGroups: [] }])).toEqual(
      [],
    );
  });
});
