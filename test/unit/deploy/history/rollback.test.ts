import { describe, expect, it } from 'vitest';
import { historyOf } from '../../../../src/deploy/history/history.ts';
import { knownPlugins } from '../../../../src/deploy/history/known-plugins.ts';
import { restartPlugin } from '../../../../src/deploy/history/restart.ts';
import { rollback } from '../../../../src/deploy/history/rollback.ts';
import { ActingHost } from '../install/acting-host.ts';
import { changing, uploadOf } from '../install/changing.ts';
import { fakeClock, notingWatcher } from '../install/fake-host.ts';

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
  const asked: string[] = [];
  const approveNoWayBack = async ({ wayBack }: { wayBack: { reason: string | null } }) => {
    asked.push(wayBack.reason ?? '');
  };
  return {
    asked,
    watcher: notingWatcher(),
    clock,
    signal: new AbortController().signal,
    rescue: host,
    rescueClock: clock,
    limit: 90_000,
    approveNoWayBack,
  };
}

const states = async (host: ActingHost) =>
  (await historyOf(host, 'probe')).past.map(({ version, state }) => `${version} ${state}`);

describe('the history of a plugin', () => {
  it('newest first: what runs, the way back, what is pruned, what failed', async () => {
    const host = await installed('1.0.0', '2.0.0', '3.0.0', '4.0.0-dies');
    expect(await states(host)).toEqual([
      '4.0.0-dies failed',
      '3.0.0 running',
      '2.0.0 way back',
      '1.0.0 pruned',
    ]);
    host.dead.set('probe', 'exit status 3');
    expect(await states(host)).toContain('3.0.0 dead');
  });

  it('has what somebody else put there in front', async () => {
    const host = (await installed('1.0.0')).has('probe', '7.0.0', 'theirs.zip');
    expect(await states(host)).toEqual(['7.0.0 running', '1.0.0 way back']);
  });

  it('without a record: by the names of the uploads', async () => {
    const host = new ActingHost('1.10.2').has('probe', '1.9.0', uploadOf('1.9.0'));
    host.disk.add(uploadOf('1.10.0')).add('probe-x.zip');
    const { past, problem } = await historyOf(
      Object.assign(host, { status: async () => null }),
      'probe',
    );
    expect(past.map(({ version, state }) => `${version} ${state}`)).toEqual([
      '1.10.0 way back',
      '1.9.0 untold',
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
    await rollback(host, 'probe', null, effectsOn(host));
    expect(host.running('probe')).toBe('1.0.0');
    expect(await states(host)).toEqual(['1.0.0 running', '2.0.0 way back']);
    await rollback(host, 'probe', null, effectsOn(host));
    expect(host.running('probe')).toBe('2.0.0');
  });

  it.each(['1.0.0', '312e302e'])('goes to %s by its version or digest', async (to) => {
    const host = await installed('1.0.0', '2.0.0');
    await rollback(host, 'probe', to, effectsOn(host));
    expect(host.running('probe')).toBe('1.0.0');
  });

  it('skips what failed', async () => {
    const host = await installed('1.0.0', '2.0.0', '3.0.0-dies');
    await rollback(host, 'probe', null, effectsOn(host));
    expect(host.running('probe')).toBe('1.0.0');
  });

  it('says which versions there are when there is no such one', async () => {
    const host = await installed('1.0.0', '2.0.0');
    await expect(rollback(host, 'probe', '9', effectsOn(host))).rejects.toMatchObject({
      code: 'no-version-before',
      exit: 3,
      message: 'edge1:9081 has no probe 9 to go back to',
      reason: expect.stringContaining('there is 2.0.0 (running), 1.0.0 (way back)'),
    });
  });

  it('mends a host on which the way back failed', async () => {
    const host = await installed('1.0.0');
    const { done } = await changing(host, { version: '2.0.0-refused' });
    host.disk.delete(uploadOf('1.0.0'));
    await expect(done).rejects.toThrow('could NOT be put back');
    host.disk.add(uploadOf('1.0.0'));
    await rollback(host, 'probe', null, effectsOn(host));
    expect(host.running('probe')).toBe('1.0.0');
  });

  it('asks where the present one cannot be promised back', async () => {
    const host = (await installed('1.0.0')).has('probe', '7.0.0', 'theirs.zip');
    host.disk.delete('theirs.zip');
    const effects = effectsOn(host);
    await rollback(host, 'probe', null, effects);
    expect(effects.asked).toEqual([expect.stringContaining('not among the host')]);
  });
});

describe('restart', () => {
  it('registers a dead plugin again', async () => {
    const host = await installed('1.0.0');
    host.dead.set('probe', 'exit status 3');
    const { health, registration } = await restartPlugin(host, 'probe', effectsOn(host));
    expect(health.state).toBe('running');
    expect(registration?.file).toBe(`file:///up/${uploadOf('1.0.0')}`);
    expect(host.running('probe')).toBe('1.0.0');
  });

  it('is refused where nobody knows what it was installed from', async () => {
    const host = await installed('1.0.0');
    host.registered.clear();
    await expect(restartPlugin(host, 'probe', effectsOn(host))).rejects.toMatchObject({
      code: 'origin-unknown',
      exit: 3,
    });
    expect(host.running('probe')).toBe('1.0.0');
  });
});
