import { describe, expect, it } from 'vitest';
import { historyOf, knownPlugins } from '../../../../src/deploy/history/history.ts';
import { redeploy, risksWhatRuns, runsAlready } from '../../../../src/deploy/history/redeploy.ts';
import { planRestart, planRollback } from '../../../../src/deploy/history/redeploy-target.ts';
import { begun, EMPTY_RECORD } from '../../../../src/deploy/record/host-record.ts';
import { recordIn, writeRecord } from '../../../../src/deploy/record/record-store.ts';
import { ActingHost } from '../change/acting-host.ts';
import { changing, uploadOf } from '../change/changing.ts';
import { fakeClock, notingWatcher } from '../change/fake-host.ts';

/** A host on which these versions of probe were installed one after the other. */
async function installed(...versions: readonly string[]): Promise<ActingHost> {
  const host = new ActingHost('2.4.0');
  for (const version of versions) {
    await (await changing(host, { version })).done.catch(() => undefined);
  }
  return host;
}

function effectsOn(host: ActingHost) {
  const clock = fakeClock();
  return {
    watcher: notingWatcher(),
    clock,
    signal: new AbortController().signal,
    recovery: host,
    recoveryClock: clock,
    limit: 90_000,
  };
}

const rollback = async (host: ActingHost, to: string | null) =>
  redeploy(host, await planRollback(host, 'probe', to), effectsOn(host));

const restart = async (host: ActingHost) =>
  redeploy(host, await planRestart(host, 'probe'), effectsOn(host));

const states = async (host: ActingHost) =>
  (await historyOf(host, 'probe')).past.map(({ version, state }) => `${version} ${state}`);

describe('the history of a plugin', () => {
  it('newest first: what runs, the rollback, what is pruned, what failed', async () => {
    const host = await installed('1.0.0', '2.0.0', '3.0.0', '4.0.0-dies');
    expect(await states(host)).toEqual([
      '4.0.0-dies failed',
      '3.0.0 running',
      '2.0.0 rollback',
      '1.0.0 pruned',
    ]);
    host.dead.set('probe', 'exit status 3');
    expect(await states(host)).toContain('3.0.0 dead');
  });

  it('keeps a version that was interrupted, whose package is taken away in the end', async () => {
    const host = await installed('1.0.0');
    const upload = uploadOf('2.0.0');
    host.disk.add(upload);
    const { record } = recordIn((await host.exported()).files, 'probe');
    const [before = null] = record?.entries.map(({ registration }) => registration) ?? [];
    const wanted = { name: 'probe', file: `file:///up/${upload}`, shellParas: [] };
    const pending = { before, wanted, time: null };
    const interrupted = begun(record ?? EMPTY_RECORD, pending);
    expect(await writeRecord(host, await host.info(), 'probe', interrupted)).toBeNull();
    expect(await states(host)).toEqual(['2.0.0 interrupted', '1.0.0 running']);
    await (await changing(host, { version: '3.0.0' })).done;
    expect(await states(host)).toEqual(['3.0.0 running', '2.0.0 interrupted', '1.0.0 rollback']);
    expect(host.disk.has(upload)).toBe(false);
  });

  it('has what somebody else put there in front', async () => {
    const host = (await installed('1.0.0')).has('probe', '7.0.0', 'theirs.zip');
    expect(await states(host)).toEqual(['7.0.0 running', '1.0.0 rollback']);
  });

  it('without a record: by the names of the uploads', async () => {
    const host = new ActingHost('1.10.2').has('probe', '1.9.0', uploadOf('1.9.0'));
    host.disk.add(uploadOf('1.10.0')).add('probe-x.zip');
    const { past, problem } = await historyOf(
      Object.assign(host, { status: async () => null }),
      'probe',
    );
    expect(past.map(({ version, state }) => `${version} ${state}`)).toEqual([
      '1.10.0 rollback',
      '1.9.0 unknown',
    ]);
    expect(problem).toContain('eKuiper 1.10.2 keeps no record');
  });

  it('knows which plugins kplugin put there', async () => {
    const host = (await installed('1.0.0')).has('theirs', '1.0.0', 'theirs.zip');
    expect(await knownPlugins(host)).toEqual(['probe']);
  });
});

describe('rollback', () => {
  it('goes to the version before, and from there back again', async () => {
    const host = await installed('1.0.0', '2.0.0');
    await rollback(host, null);
    expect(host.running('probe')).toBe('1.0.0');
    expect(await states(host)).toEqual(['1.0.0 running', '2.0.0 rollback']);
    await rollback(host, null);
    expect(host.running('probe')).toBe('2.0.0');
  });

  it.each(['1.0.0', '312e302e'])('goes to %s by its version or digest', async (to) => {
    const host = await installed('1.0.0', '2.0.0');
    await rollback(host, to);
    expect(host.running('probe')).toBe('1.0.0');
  });

  it('skips what failed', async () => {
    const host = await installed('1.0.0', '2.0.0', '3.0.0-dies');
    await rollback(host, null);
    expect(host.running('probe')).toBe('1.0.0');
  });

  it('says which versions there are when there is no such one', async () => {
    const host = await installed('1.0.0', '2.0.0');
    await expect(rollback(host, '9')).rejects.toMatchObject({
      code: 'no-version-before',
      exit: 3,
      message: 'edge1:9081 has no probe 9 to go back to',
      reason: expect.stringContaining('there is 2.0.0 (running), 1.0.0 (rollback)'),
    });
  });

  it('fixes a host on which the rollback failed', async () => {
    const host = await installed('1.0.0');
    const { done } = await changing(host, { version: '2.0.0-refused' });
    host.disk.delete(uploadOf('1.0.0'));
    await expect(done).rejects.toThrow('could NOT be put back');
    host.disk.add(uploadOf('1.0.0'));
    await rollback(host, null);
    expect(host.running('probe')).toBe('1.0.0');
  });

  it('says where the present one cannot be promised back', async () => {
    const host = (await installed('1.0.0')).has('probe', '7.0.0', 'theirs.zip');
    host.disk.delete('theirs.zip');
    const planned = await planRollback(host, 'probe', null);
    expect(risksWhatRuns(planned)).toBe(true);
    expect(planned.plan.rollback).toMatchObject({
      state: 'unsure',
      reason: expect.stringContaining('not among the host'),
    });
  });
});

describe('the plan of a rollback', () => {
  it('says what it goes to and the rollback, and changes nothing', async () => {
    const host = await installed('1.0.0', '2.0.0');
    const before = host.asked.length;
    const { plan, target } = await planRollback(host, 'probe', null);
    expect({ to: target.version, rollback: plan.rollback.steps[0]?.version }).toEqual({
      to: '1.0.0',
      rollback: '2.0.0',
    });
    expect(plan.uploaded).toBe(`file:///up/${uploadOf('1.0.0')}`);
    expect(
      host.asked.slice(before).filter((line) => /^(POST|PUT|DELETE|REMOVE)/.test(line)),
    ).toEqual([]);
    expect(host.running('probe')).toBe('2.0.0');
  });

  it('knows that the version is there already, as long as it runs', async () => {
    const host = await installed('1.0.0', '2.0.0');
    expect(runsAlready(await planRollback(host, 'probe', '2.0.0'))).toBe(true);
    expect(runsAlready(await planRollback(host, 'probe', '1.0.0'))).toBe(false);
    host.dead.set('probe', 'exit status 3');
    expect(runsAlready(await planRollback(host, 'probe', '2.0.0'))).toBe(false);
  });

  it('names history where there is nothing to go back to', async () => {
    const host = await installed('1.0.0');
    await expect(planRollback(host, 'probe', null)).rejects.toMatchObject({
      code: 'no-version-before',
      exit: 3,
      message: 'edge1:9081 has no version of probe to go back to',
      hint: expect.stringContaining('kplugin history probe --host edge1:9081'),
    });
  });

  it('warns the values of sources that eKuiper 2.x keeps', async () => {
    const host = await installed('1.0.0', '2.0.0');
    const plugin = host.installed.get('probe');
    if (plugin) host.installed.set('probe', { ...plugin, sources: ['psrc'] });
    const { warned } = await planRollback(host, 'probe', null);
    expect(warned).toEqual([expect.stringMatching(/sources\/psrc\.yaml.*1\.0\.0.*keeps/)]);
  });

  it('warns nothing of sources for the package that is there already, also where it died', async () => {
    const host = await installed('1.0.0', '2.0.0');
    const plugin = host.installed.get('probe');
    if (plugin) host.installed.set('probe', { ...plugin, sources: ['psrc'] });
    host.status = async () => ({ state: 'error', error: 'exit status 3', refCount: new Map() });
    const { plan, warned } = await planRestart(host, 'probe');
    expect(plan.present?.health.state).toBe('dead');
    expect(warned).toEqual([]);
  });
});

describe('restart', () => {
  it('registers a dead plugin again', async () => {
    const host = await installed('1.0.0');
    host.dead.set('probe', 'exit status 3');
    const { health, registration } = await restart(host);
    expect(health.state).toBe('running');
    expect(registration?.file).toBe(`file:///up/${uploadOf('1.0.0')}`);
    expect(host.running('probe')).toBe('1.0.0');
  });

  it.each([
    ['that kplugin put there', uploadOf('1.0.0')],
    ['that somebody else put there', 'theirs.zip'],
  ])('is refused before anything is removed where the package %s is gone', async (_who, upload) => {
    const host = await installed('1.0.0');
    if (upload === 'theirs.zip') host.has('probe', '1.0.0', upload);
    host.disk.delete(upload);
    const before = host.asked.length;
    await expect(restart(host)).rejects.toMatchObject({
      code: 'package-gone',
      exit: 3,
      message: expect.stringContaining('nothing was changed'),
      hint: expect.stringContaining('kplugin install <zip> --host edge1:9081'),
    });
    expect(
      host.asked.slice(before).filter((line) => /^(POST|PUT|DELETE|REMOVE)/.test(line)),
    ).toEqual([]);
    expect(host.running('probe')).toBe('1.0.0');
  });

  it('says where the package lies in a folder that nobody can look at', async () => {
    const host = new ActingHost('2.4.0').has('probe', '1.0.0', 'probe.zip');
    host.registered.set('probe', { name: 'probe', file: 'file:///opt/other.zip', shellParas: [] });
    const planned = await planRestart(host, 'probe');
    expect(risksWhatRuns(planned)).toBe(true);
    expect(planned.plan.rollback).toMatchObject({
      state: 'unsure',
      reason: expect.stringContaining('not among the host'),
    });
  });

  it('asks nothing for one that is down, which has nothing to lose, and warns', async () => {
    const host = new ActingHost('2.4.0').has('probe', '1.0.0', 'probe.zip');
    host.registered.set('probe', { name: 'probe', file: 'file:///opt/other.zip', shellParas: [] });
    host.dead.set('probe', 'exit status 3');
    const planned = await planRestart(host, 'probe');
    expect(risksWhatRuns(planned)).toBe(false);
    expect(planned.warned).toEqual([
      expect.stringContaining(
        'if eKuiper does not find its package, probe is no longer registered',
      ),
    ]);
    await redeploy(host, planned, effectsOn(host)).catch(() => undefined);
    expect(host.asked).toContain('PUT probe');
  });

  it('is refused where nobody knows what it was installed from', async () => {
    const host = await installed('1.0.0');
    host.registered.clear();
    await expect(restart(host)).rejects.toMatchObject({
      code: 'origin-unknown',
      exit: 3,
    });
    expect(host.running('probe')).toBe('1.0.0');
  });
});
