import { describe, expect, it } from 'vitest';
import { applyInstall } from '../../../../src/deploy/install/apply.ts';
import { planInstall } from '../../../../src/deploy/install/plan.ts';
import { FakeHost, fakeClock, hostFailure, notingWatcher } from './fake-host.ts';

const UPLOAD = 'probe-2.0.0-cccccccc.zip';
const upload = { name: UPLOAD, size: 3, chunks: async function* () {} };
const registration = { name: 'probe', file: `file:///up/${UPLOAD}`, shellParas: [] };

async function applying(host: FakeHost, settings: { script?: boolean; limit?: number } = {}) {
  const plan = await planInstall(host, {
    plugin: { name: 'probe', symbols: [] },
    uploadName: UPLOAD,
    shellParas: [],
    reinstall: false,
  });
  const [clock, watcher] = [fakeClock(), notingWatcher()];
  const { script: hasScript = false, limit = 90_000 } = settings;
  const done = applyInstall(host, plan, { upload, hasScript, watcher, clock, limit });
  return { clock, watcher, done };
}

const throwing = (kind: Parameters<typeof hostFailure>[0], words?: string) => () => {
  throw hostFailure(kind, words);
};

describe('registering', () => {
  it.each([
    ['2.4.0', false, ['POST probe']],
    ['2.4.0', true, ['PUT probe']],
    ['1.8.0', true, ['PUT probe']],
    ['1.7.2', true, ['DELETE probe', 'POST probe']],
    ['1.7.2', false, ['POST probe']],
  ])('eKuiper %s, there before: %s', async (version, before, verbs) => {
    const host = new FakeHost(version);
    if (before) host.has('probe', '1.0.0', 'old.zip');
    await (await applying(host)).done;
    const asked = host.asked.filter((line) => /^(POST|PUT|DELETE)/.test(line));
    expect(asked).toEqual(verbs);
    expect(host.registered.get('probe')).toEqual(registration);
  });

  it('sends nothing when the same content runs', async () => {
    const host = new FakeHost('2.4.0').has('probe', '2.0.0', UPLOAD);
    const result = await (await applying(host)).done;
    expect(result).toMatchObject({ attempts: 0, health: { state: 'running' } });
    expect(host.asked.filter((line) => /^(UPLOAD|POST|PUT)/.test(line))).toEqual([]);
  });

  it('starts a dead plugin again by registering the same', async () => {
    const host = new FakeHost('2.4.0').has('probe', '2.0.0', UPLOAD);
    host.statuses = [{ state: 'error', error: 'exit status 3' }, { state: 'running' }];
    expect(await (await applying(host)).done).toMatchObject({ attempts: 1 });
    expect(host.asked).toContain('PUT probe');
  });
});

describe('waiting until it runs', () => {
  it('goes on while it starts, and looks three times', async () => {
    const host = new FakeHost('2.4.0');
    host.statuses = [{ state: 'initializing' }, { state: 'running' }];
    const { done, watcher } = await applying(host);
    expect((await done).health.state).toBe('running');
    expect(watcher.notes).toContain('for the first sign of life of probe');
    expect(host.asked.filter((line) => line.startsWith('STATUS'))).toHaveLength(4);
  });

  it('is not taken in by a program that runs for a moment', async () => {
    const host = new FakeHost('2.4.0');
    host.statuses = [{ state: 'running' }, { state: 'error', error: 'exit status 1' }];
    await expect((await applying(host)).done).rejects.toMatchObject({
      code: 'plugin-dead',
      exit: 3,
      message: 'probe was installed on edge1:9081 and does not run: exit status 1',
    });
  });

  it('has nothing to wait for on 1.x', async () => {
    const { done, watcher } = await applying(new FakeHost('1.14.7'));
    expect((await done).health.state).toBe('untold');
    expect(watcher.notes).toContain('for eKuiper to unpack probe');
  });
});

describe('updates that kill', () => {
  const killed = { state: 'error' as const, error: 'signal: killed' };

  it('are done once more', async () => {
    const host = new FakeHost('2.0.8').has('probe', '1.0.0', 'old.zip');
    host.statuses = [{ state: 'running' }, killed, { state: 'running' }];
    const { done, watcher } = await applying(host);
    expect(await done).toMatchObject({ attempts: 2, health: { state: 'running' } });
    expect(watcher.notes.at(-1)).toContain('once more');
  });

  it('are a failure the third time', async () => {
    const host = new FakeHost('2.0.8').has('probe', '1.0.0', 'old.zip');
    host.statuses = [{ state: 'running' }, killed];
    await expect((await applying(host)).done).rejects.toMatchObject({ code: 'plugin-dead' });
    expect(host.asked.filter((line) => line.startsWith('PUT'))).toHaveLength(3);
  });

  it('are no excuse for a first installation', async () => {
    const host = new FakeHost('2.4.0');
    host.statuses = [killed];
    await expect((await applying(host)).done).rejects.toMatchObject({ code: 'plugin-dead' });
    expect(host.asked.filter((line) => /^(POST|PUT)/.test(line))).toEqual(['POST probe']);
  });
});

describe('a new version that does not run', () => {
  it('says what was there before and how to get it back', async () => {
    const host = new FakeHost('2.4.0').has('probe', '1.0.0', 'old.zip');
    host.statuses = [{ state: 'running' }, { state: 'error', error: 'exit status 3' }];
    await expect((await applying(host)).done).rejects.toMatchObject({
      reason: expect.stringContaining(
        'edge1:9081 has probe new registered now; before, it had version 1.0.0 from file:///up/old.zip',
      ),
      hint: expect.stringContaining('curl -X PUT http://edge1:9081/plugins/portables/probe -d'),
    });
  });
});

describe('a failed registration says what the host has now', () => {
  it('nothing before, nothing now', async () => {
    const host = new FakeHost('2.4.0');
    host.surprises = [throwing('refused')];
    await expect((await applying(host)).done).rejects.toMatchObject({
      reason: 'edge1:9081 is as it was before',
      hint: 'the hint',
    });
  });

  it('the old one is gone after a failed PUT, and how to get it back', async () => {
    const host = new FakeHost('2.4.0').has('probe', '1.0.0', 'old.zip');
    host.registered.set('probe', { name: 'probe', file: "file:///up/o'ld.zip", shellParas: ['a'] });
    host.surprises = [throwing('refused')];
    await expect((await applying(host)).done).rejects.toMatchObject({
      message: 'edge1:9081: the words',
      reason:
        'edge1:9081 has no plugin probe now: eKuiper deletes the old one before it installs the new one; ' +
        "before, it had version 1.0.0 from file:///up/o'ld.zip",
      hint:
        'the hint\nor put the old one back: curl -X POST http://edge1:9081/plugins/portables -d ' +
        `'{"name":"probe","file":"file:///up/o'\\''ld.zip","shellParas":["a"]}'`,
    });
  });

  it('a host that does not answer any more', async () => {
    const host = new FakeHost('2.4.0').has('probe', '1.0.0', 'old.zip');
    host.surprises = [throwing('refused')];
    host.outages = [hostFailure('unreachable')];
    await expect((await applying(host)).done).rejects.toMatchObject({
      reason: expect.stringContaining('does not answer now, so what it has of probe is not known'),
    });
  });

  it('what the process ended with, where the words do not hold it', async () => {
    const host = new FakeHost('2.4.0');
    host.surprises = [throwing('refused')];
    host.statuses = [{ state: 'error', error: 'exit status 3' }];
    await expect((await applying(host)).done).rejects.toMatchObject({
      reason: 'the process ended: exit status 3\nedge1:9081 is as it was before',
    });
  });

  it('an interrupt while the host works is no clean end', async () => {
    const host = new FakeHost('2.4.0');
    host.surprises = [
      () => {
        throw new DOMException('aborted', 'AbortError');
      },
    ];
    await expect((await applying(host)).done).rejects.toMatchObject({
      code: 'interrupted',
      exit: 130,
      message: 'interrupted while edge1:9081 was installing probe',
    });
  });
});

describe('a lost answer', () => {
  it('is no failure when the host did it', async () => {
    const host = new FakeHost('2.4.0').has('probe', '1.0.0', 'old.zip');
    host.surprises = [
      (wanted) => {
        host.accept(wanted);
        throw hostFailure('dropped', 'closed the connection');
      },
    ];
    const { done, watcher } = await applying(host);
    expect(await done).toMatchObject({ answerLost: true, health: { state: 'running' } });
    expect(watcher.notes.at(-1)).toBe(
      'edge1:9081: closed the connection; asking whether it got there',
    );
  });

  it('is a failure when asking shows that it was not done', async () => {
    const host = new FakeHost('2.4.0');
    host.surprises = [throwing('dropped')];
    const { done, clock } = await applying(host);
    await expect(done).rejects.toMatchObject({
      kind: 'dropped',
      reason: 'edge1:9081 is as it was before',
    });
    expect(clock.waited()).toBe(4000);
  });

  it('of a late host is asked for as long again', async () => {
    const host = new FakeHost('2.4.0');
    host.surprises = [throwing('timeout')];
    const { done, clock } = await applying(host, { script: true, limit: 20_000 });
    await expect(done).rejects.toMatchObject({ kind: 'timeout' });
    expect(clock.waited()).toBe(20_000);
  });

  it('of a host that is still at work is said to be open', async () => {
    const host = new FakeHost('2.4.0').has('probe', '1.0.0', 'old.zip');
    host.surprises = [
      (wanted) => {
        host.accept(wanted);
        host.registered.clear();
        throw hostFailure('timeout');
      },
    ];
    await expect((await applying(host)).done).rejects.toMatchObject({
      kind: 'timeout',
      reason:
        'edge1:9081 is still at work on it or does not answer, so it may come about later; ' +
        'before, it had version 1.0.0 from file:///up/old.zip',
      hint: 'see how it ends: kplugin status probe --host edge1:9081',
    });
  });
});
