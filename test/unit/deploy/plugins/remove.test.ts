import { describe, expect, it } from 'vitest';
import { findPlugin } from '../../../../src/deploy/plugins/find.ts';
import { listPlugins } from '../../../../src/deploy/plugins/list.ts';
import { planRemoval, removePlugin } from '../../../../src/deploy/plugins/remove.ts';
import { FakeHost, fakeClock, hostFailure } from '../install/fake-host.ts';

describe('what a removal would do', () => {
  it.each([
    ['2.4.0', ['rules r1, r2 use it']],
    ['2.3.1', ['rules r1, r2 use it']],
    ['2.2.5', ['rules r1, r2 use it', 'hangs for more than 40 s']],
    ['2.0.8', ['rules r1, r2 use it', 'hangs for more than 40 s']],
  ])('eKuiper %s', async (version, warnings) => {
    const host = new FakeHost(version).has('probe', '1.0.0', 'p.zip');
    host.statuses = [
      {
        refCount: new Map([
          ['r2', 1],
          ['r1', 2],
        ]),
      },
    ];
    const plan = await planRemoval(host, 'probe');
    expect(plan.rules).toEqual(['r1', 'r2']);
    expect(plan.warnings).toEqual(warnings.map((text) => expect.stringContaining(text)));
  });

  it('says what cannot be known', async () => {
    const functions = { functions: ['pfn'] };
    const host = new FakeHost('2.4.0').has('probe', '1.0.0', 'p.zip', functions);
    expect((await planRemoval(host, 'probe')).warnings).toEqual([
      'eKuiper does not count rules that only use its functions (pfn)',
    ]);
    const old = new FakeHost('1.14.7').has('probe', '1.0.0', 'p.zip', functions);
    expect((await planRemoval(old, 'probe')).warnings).toEqual([
      'eKuiper 1.14.7 does not tell which rules use it',
    ]);
  });
});

describe('a removal', () => {
  it('is believed when the plugin is not described any more', async () => {
    const host = new FakeHost('2.4.0').has('probe', '1.0.0', 'p.zip');
    await removePlugin(host, 'probe', fakeClock());
    expect(host.asked).toEqual(['DELETE probe', 'GET probe']);
  });

  it('whose answer was lost is settled by asking', async () => {
    const host = new FakeHost('2.4.0').has('probe', '1.0.0', 'p.zip');
    host.remove = async () => {
      setTimeout(() => host.installed.delete('probe'));
      throw hostFailure('dropped');
    };
    const clock = { now: () => 0, pause: () => new Promise<void>((done) => setTimeout(done)) };
    await removePlugin(host, 'probe', clock);
    expect(host.asked.length).toBeGreaterThan(1);
  });

  it('is a failure when the plugin is still there', async () => {
    const host = new FakeHost('2.4.0').has('probe', '1.0.0', 'p.zip');
    host.remove = async () => true;
    await expect(removePlugin(host, 'probe', fakeClock())).rejects.toMatchObject({
      code: 'still-there',
      exit: 3,
    });
    host.remove = async () => {
      throw hostFailure('dropped');
    };
    await expect(removePlugin(host, 'probe', fakeClock())).rejects.toMatchObject({
      kind: 'dropped',
    });
  });
});

describe('finding plugins', () => {
  it('suggests the nearest name', async () => {
    const host = new FakeHost('2.4.0').has('pysam', '1', 'p.zip').has('mirror', '1', 'm.zip');
    await expect(findPlugin(host, 'pysm')).rejects.toMatchObject({
      code: 'no-such-plugin',
      exit: 3,
      reason: 'it has pysam, mirror',
      hint: 'did you mean pysam?',
    });
    await expect(findPlugin(host, 'zzz')).rejects.toMatchObject({
      hint: 'kplugin list --host edge1:9081',
    });
  });

  it('lists each with how it is, asking 1.x for no status', async () => {
    const host = new FakeHost('1.14.7').has('pysam', '1', 'p.zip');
    expect(await listPlugins(host)).toMatchObject({
      plugins: [{ plugin: { name: 'pysam' }, health: { state: 'untold' } }],
    });
  });
});
