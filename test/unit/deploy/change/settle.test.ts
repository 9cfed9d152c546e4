import { describe, expect, it } from 'vitest';
import type { PluginStatus } from '../../../../src/client/answers.ts';
import { outcomeOf, waitUntilSettled } from '../../../../src/deploy/change/settle.ts';
import { FakeHost, fakeClock, hostFailure } from './fake-host.ts';

const wanted = { name: 'probe', file: 'file:///up/new.zip', shellParas: [] };

async function settling(host: FakeHost, patient = false) {
  const clock = fakeClock();
  const done = await outcomeOf(host, await host.info(), wanted, {
    clock,
    limit: 60_000,
    before: null,
    patient,
  });
  return { done, seconds: clock.waited() / 1000 };
}

describe('a lost answer is settled by asking', () => {
  it('it was done', async () => {
    const host = new FakeHost('2.4.0');
    host.accept(wanted);
    expect(await settling(host)).toEqual({ done: 'done', seconds: 0 });
  });

  it('the host starts again meanwhile, then has it', async () => {
    const host = new FakeHost('2.4.0');
    host.accept(wanted);
    host.statuses = [
      hostFailure('dropped'),
      hostFailure('unreachable'),
      hostFailure('timeout'),
      { state: 'running' },
    ];
    expect(await settling(host)).toEqual({ done: 'done', seconds: 3 });
  });

  it('it never got there: the old one stays', async () => {
    const host = new FakeHost('2.4.0').has('probe', '1.0.0', 'old.zip');
    expect((await settling(host)).done).toBe('not-done');
    expect((await settling(host)).seconds).toBeLessThan(10);
  });

  it('listed without a registration: still at work, until the limit', async () => {
    const host = new FakeHost('2.4.0').has('probe', '2.0.0', 'new.zip');
    host.registered.clear();
    host.statuses = Array.from({ length: 61 }, () => hostFailure('timeout'));
    expect(await settling(host)).toEqual({ done: 'open', seconds: 60 });
    host.statuses = Array.from({ length: 61 }, () => ({ state: 'initializing' }));
    expect(await settling(host)).toEqual({ done: 'open', seconds: 60 });
  });

  it.each([false, true])(
    'listed without a registration, and its status answers: it was interrupted (install.sh: %s)',
    async (patient) => {
      const host = new FakeHost('2.4.0').has('probe', '2.0.0', 'new.zip');
      host.registered.clear();
      expect(await settling(host, patient)).toEqual({ done: 'not-done', seconds: 4 });
    },
  );

  it('an install.sh gets all its time', async () => {
    expect(await settling(new FakeHost('2.4.0'), true)).toEqual({ done: 'not-done', seconds: 60 });
  });

  it('on 1.14 the registration alone tells', async () => {
    const host = new FakeHost('1.14.7');
    host.accept(wanted);
    expect((await settling(host)).done).toBe('done');
  });

  it('before 1.8 the plugin alone tells', async () => {
    const host = new FakeHost('1.7.0');
    expect((await settling(host)).done).toBe('not-done');
    host.accept(wanted);
    expect((await settling(host)).done).toBe('done');
  });

  it('a refusal is an answer', async () => {
    const host = new FakeHost('2.4.0');
    host.statuses = [hostFailure('refused')];
    await expect(settling(host)).rejects.toMatchObject({ kind: 'refused' });
  });
});

describe('eKuiper 2.0 reports the process that it killed as stopped, then as killed', () => {
  it.each([
    [['stop', 'stop', 'error'], 'dead'],
    [['stop', 'running', 'running', 'running'], 'running'],
    [Array.from({ length: 20 }, () => 'stop'), 'stopped'],
  ])('%j', async (states, expected) => {
    const host = new FakeHost('2.0.8').has('probe', '1.0.0', 'old.zip');
    host.statuses = states.map((state) => ({ state: state as PluginStatus['state'] }));
    const timing = { clock: fakeClock(), limit: 90_000 };
    const health = await waitUntilSettled(host, await host.info(), 'probe', timing);
    expect(health.state).toBe(expected);
  });
});
