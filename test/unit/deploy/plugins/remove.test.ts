import { describe, expect, it, vi } from 'vitest';
import { NOTHING_EXPORTED, parseExport } from '../../../../src/client/exported.ts';
import { leftBehind } from '../../../../src/deploy/plugins/left-behind.ts';
import {
  inUse,
  planRemoval,
  type RemovalPlan,
  removePlugin,
} from '../../../../src/deploy/plugins/remove.ts';
import { FakeHost, fakeClock, hostFailure } from '../change/fake-host.ts';

const SYMBOLS = { sources: ['psrc'], functions: ['pfn', 'pfn2'] };

/** A fake with two rules that use a plugin: one that eKuiper counts, one that only reading finds. */
function hostWithRules(version: string): FakeHost {
  const host = new FakeHost(version).has('probe', '1.0.0', 'probe-1.0.0-0a1b2c3d.zip', SYMBOLS);
  host.statuses = [{ refCount: new Map([['r1', 1]]) }];
  host.exported = async () =>
    parseExport({
      streams: {
        demo: 'CREATE STREAM demo () WITH (TYPE="psrc")',
        other: 'CREATE STREAM other ()',
      },
      rules: {
        r1: JSON.stringify({ sql: 'SELECT * FROM demo', actions: [{ log: {} }] }),
        r2: JSON.stringify({ sql: 'SELECT pfn(a), pfn2(b) FROM other', actions: [{ log: {} }] }),
        r3: JSON.stringify({ sql: 'SELECT "pfn(a)" FROM other', actions: [{ log: {} }] }),
      },
      portablePlugins: {
        probe: JSON.stringify({ name: 'probe', file: 'file:///up/probe-1.0.0-0a1b2c3d.zip' }),
      },
    });
  return host;
}

describe('a plugin that rules use', () => {
  it.each([
    ['2.4.0', false],
    ['2.3.1', false],
    ['2.2.5', true],
    ['2.0.8', true],
    ['1.14.7', false],
  ])('stays on eKuiper %s, with the way to free it', async (version, hangs) => {
    const host = hostWithRules(version);
    const plan = await planRemoval(host, 'probe');
    const refused = inUse(plan, host);
    expect(refused).toMatchObject({
      code: 'plugin-in-use',
      exit: 3,
      message:
        'probe stays on edge1:9081: 2 rules use it (r1 (source psrc), r2 (functions pfn, pfn2))',
    });
    expect(refused?.hint).toContain('curl -X DELETE http://edge1:9081/rules/r1 …');
    expect(refused?.hint).toContain('--force');
    expect(refused?.reason?.includes('hangs')).toBe(hangs);
    expect(plan.warnings.some((warning) => warning.includes('hangs'))).toBe(hangs);
    expect(host.asked.filter((asked) => /^(DELETE|REMOVE|PUT|POST)/.test(asked))).toEqual([]);
  });

  it('is free when none does', async () => {
    const host = new FakeHost('2.0.8').has('probe', '1.0.0', 'p.zip', SYMBOLS);
    const plan = await planRemoval(host, 'probe');
    expect(inUse(plan, host)).toBeNull();
    expect(plan.warnings).toEqual([]);
  });
});

describe('a host whose rules cannot be read', () => {
  it('is asked to remove only with a warning: nobody knows who uses it', async () => {
    const host = new FakeHost('1.7.2').has('probe', '1.0.0', 'p.zip', SYMBOLS);
    host.exported = async () => NOTHING_EXPORTED;
    const plan = await planRemoval(host, 'probe');
    expect(inUse(plan, host)).toBeNull();
    expect(plan.rulesKnown).toBe(false);
    expect(plan.warnings).toEqual([
      'its rules could not be read (eKuiper reports them from 1.8 on), so which rules use it is not known: one that does would go on saying running without doing anything',
    ]);
  });
});

describe('what stays on a host after a removal', () => {
  const uploads = [
    '/up/probe-1.0.0-0a1b2c3d.zip',
    '/up/probe-0.9.0-ffffffff.zip',
    '/up/probe-2-1.0.0-0a1b2c3d.zip',
    '/up/probe-tool-1.0.0-0a1b2c3d.zip',
    '/up/probe-3.0.0-eeeeeeee.zip',
    '/up/probe.kplugin.json',
    '/up/probe.zip',
    '/up/other.kplugin.json',
  ];
  const open = async () => {
    const host = hostWithRules('2.4.0');
    host.uploads = async () => uploads;
    const described = await planRemoval(host, 'probe');
    const registrations = new Map(
      [
        { name: 'probe', file: 'file:///up/probe-1.0.0-0a1b2c3d.zip', shellParas: [] },
        // Two that have names like those of its packages.
        { name: 'probe-2', file: 'file:///x.zip', shellParas: [] },
        { name: 'other', file: 'file:///up/probe-3.0.0-eeeeeeee.zip', shellParas: [] },
      ].map((one) => [one.name, one]),
    );
    return { host, removed: { ...described, exported: { ...described.exported, registrations } } };
  };
  const own = ['probe-0.9.0-ffffffff.zip', 'probe-1.0.0-0a1b2c3d.zip', 'probe.kplugin.json'];

  it('is told', async () => {
    const { host, removed } = await open();
    expect(await leftBehind(host, removed, false)).toEqual({
      uploads: own,
      pruned: [],
      problem: null,
    });
    expect(host.asked.filter((asked) => asked.startsWith('REMOVE'))).toEqual([]);
  });

  it('is taken away with --prune, and nothing that may be another plugin’s', async () => {
    const { host, removed } = await open();
    host.removeUpload = async (name) => {
      host.asked.push(`REMOVE ${name}`);
      return true;
    };
    expect(await leftBehind(host, removed, true)).toEqual({
      uploads: own,
      pruned: own,
      problem: null,
    });
    expect(host.asked.filter((asked) => asked.startsWith('REMOVE'))).toEqual(
      own.map((name) => `REMOVE ${name}`),
    );
  });

  it('is no failure of the removal when it cannot be taken away', async () => {
    const { host, removed } = await open();
    host.removeUpload = async () => {
      throw hostFailure('refused', 'read-only file system');
    };
    expect(await leftBehind(host, removed, true)).toEqual({
      uploads: own,
      pruned: [],
      problem: 'edge1:9081: read-only file system',
    });
  });
});

describe('a removal', () => {
  // No more of it is looked at.
  const probe = { plugin: { name: 'probe', version: '1.0.0' } } as RemovalPlan;
  const there = (): FakeHost => new FakeHost('2.4.0').has('probe', '1.0.0', 'p.zip');
  const effects = (recovery: FakeHost, signal = new AbortController().signal) => ({
    signal,
    recovery,
    recoveryClock: fakeClock(),
  });

  it('is believed when the plugin is not described any more', async () => {
    const host = there();
    await removePlugin(host, probe, effects(host));
    expect(host.asked).toEqual(['DELETE probe', 'GET probe']);
  });

  it.each(['dropped', 'timeout', 'wrong-service'] as const)(
    'that came about although the answer was %s is settled by asking',
    async (kind) => {
      const host = there();
      host.remove = async () => {
        host.installed.delete('probe');
        throw hostFailure(kind);
      };
      await removePlugin(host, probe, effects(host));
      expect(host.asked).toEqual(['GET probe']);
    },
  );

  it('that takes the host a moment is waited for', async () => {
    const host = there();
    host.remove = async () => {
      throw hostFailure('dropped');
    };
    const clock = fakeClock();
    const pause = vi.spyOn(clock, 'pause').mockImplementation(async () => {
      host.installed.delete('probe');
    });
    await removePlugin(host, probe, { ...effects(host), recoveryClock: clock });
    expect(pause).toHaveBeenCalledTimes(1);
  });

  it('is a failure when the plugin is still there', async () => {
    const host = there();
    host.remove = async () => true;
    await expect(removePlugin(host, probe, effects(host))).rejects.toMatchObject({
      code: 'still-there',
      exit: 3,
    });
    host.remove = async () => {
      throw hostFailure('dropped', 'edge1:9081 closed the connection');
    };
    await expect(removePlugin(host, probe, effects(host))).rejects.toMatchObject({
      kind: 'dropped',
      message: 'the removal failed; edge1:9081 has probe 1.0.0 as before',
      reason: expect.stringContaining('edge1:9081 closed the connection'),
      data: { after: { version: '1.0.0', state: 'untouched', known: true } },
    });
  });

  it('says that nothing is known where the host does not answer any more', async () => {
    const host = there();
    host.remove = host.plugin = async () => {
      throw hostFailure('unreachable');
    };
    await expect(removePlugin(host, probe, effects(host))).rejects.toMatchObject({
      exit: 3,
      message:
        'the removal failed; whether edge1:9081 still has probe is NOT known: it does not answer',
      data: { after: { version: null, state: 'lost', known: false } },
    });
  });

  it.each([
    [true, 'interrupted; edge1:9081 has no probe any more'],
    [false, 'interrupted; edge1:9081 has probe 1.0.0 as before'],
  ])('Ctrl-C during it, gone: %s', async (isGone, message) => {
    const host = there();
    const controller = new AbortController();
    const client = there();
    client.remove = async () => {
      if (isGone) host.installed.delete('probe');
      controller.abort();
      throw controller.signal.reason;
    };
    const all = effects(host, controller.signal);
    await expect(removePlugin(client, probe, all)).rejects.toMatchObject({ exit: 130, message });
  });

  it('a bug that comes with Ctrl-C is a bug', async () => {
    const host = there();
    const controller = new AbortController();
    const client = there();
    const bug = new TypeError('x is undefined');
    client.remove = async () => {
      controller.abort();
      throw bug;
    };
    const all = effects(host, controller.signal);
    await expect(removePlugin(client, probe, all)).rejects.toBe(bug);
  });
});
