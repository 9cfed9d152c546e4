import { describe, expect, it } from 'vitest';
import { parseExport } from '../../../../src/client/exported.ts';
import { type RegisterRequest, registerAndWait } from '../../../../src/deploy/change/register.ts';
import { line } from '../rules/statuses.ts';
import { FakeHost, fakeClock, hostFailure, notingWatcher } from './fake-host.ts';

const registration = { name: 'probe', file: 'file:///up/new.zip', shellParas: [] };

async function bringing(host: FakeHost, more: Partial<RegisterRequest> = {}) {
  const [clock, watcher] = [fakeClock(), notingWatcher()];
  const info = await host.info();
  const isThere = host.installed.has('probe');
  const before = host.registered.get('probe') ?? null;
  const rest = { isThere, hasScript: false, limit: 90_000, ...more };
  const done = registerAndWait({
    client: host,
    info,
    clock,
    watcher,
    registration,
    before,
    ...rest,
  });
  done.catch(() => undefined);
  return { clock, watcher, done };
}

const verbs = (host: FakeHost): string[] =>
  host.asked.filter((line) => /^(POST|PUT|DELETE)/.test(line));

describe('registering in the manner of the version', () => {
  it.each([
    ['2.4.0', false, ['POST probe']],
    ['2.4.0', true, ['PUT probe']],
    ['1.14.7', true, ['DELETE probe', 'POST probe']],
    ['1.14.7', false, ['POST probe']],
    ['1.7.2', true, ['DELETE probe', 'POST probe']],
    ['1.7.2', false, ['POST probe']],
  ])('eKuiper %s, there before: %s', async (version, before, expected) => {
    const host = new FakeHost(version);
    if (before) host.has('probe', '1.0.0', 'old.zip');
    await (await bringing(host)).done;
    expect(verbs(host)).toEqual(expected);
    expect(host.registered.get('probe')).toEqual(registration);
  });
});

describe('waiting until it runs', () => {
  it('looks three times, and goes on while it starts', async () => {
    const host = new FakeHost('2.4.0');
    host.statuses = [{ state: 'initializing' }, { state: 'running' }];
    expect((await (await bringing(host)).done).health.state).toBe('running');
    expect(host.asked.filter((line) => line.startsWith('STATUS'))).toHaveLength(4);
  });

  it('is not taken in by a program that runs for a moment', async () => {
    const host = new FakeHost('2.4.0');
    host.statuses = [{ state: 'running' }, { state: 'error', error: 'exit status 1' }];
    await expect((await bringing(host)).done).rejects.toMatchObject({
      code: 'plugin-dead',
      message: 'probe was installed on edge1:9081 and does not run: exit status 1',
    });
  });

  it('an update that kills four times is a failure; a first installation has no excuse', async () => {
    const killed = { state: 'error' as const, error: 'signal: killed' };
    const updated = new FakeHost('2.0.8').has('probe', '1.0.0', 'old.zip');
    updated.statuses = [killed];
    await expect((await bringing(updated)).done).rejects.toMatchObject({ code: 'plugin-dead' });
    expect(verbs(updated)).toEqual(['PUT probe', 'PUT probe', 'PUT probe', 'PUT probe']);
    const first = new FakeHost('2.4.0');
    first.statuses = [killed];
    await expect((await bringing(first)).done).rejects.toMatchObject({ code: 'plugin-dead' });
    expect(verbs(first)).toEqual(['POST probe']);
  });
});

describe('eKuiper reports the end of the old process as that of the new one (2.4.0)', () => {
  it.each([
    ['2.4.0', 1, 'running', 1],
    ['2.4.0', 0, 'plugin-dead', 4],
    ['2.0.8', 1, 'plugin-dead', 4],
  ])('eKuiper %s, %i rows at a look: %s after %i updates', async (version, rows, end, updates) => {
    const host = new FakeHost(version).has('probe', '1.0.0', 'old.zip', { sources: ['psrc'] });
    host.accept = () => void host.has('probe', 'new', 'new.zip', { sources: ['psrc'] });
    host.statuses = [{ state: 'error', error: 'signal: killed' }];
    host.exported = async () =>
      parseExport({
        streams: { s: 'CREATE STREAM s () WITH (TYPE="psrc")' },
        rules: { r: JSON.stringify({ sql: 'SELECT * FROM s', actions: [{ log: {} }] }) },
      });
    let seen = 0;
    host.ruleStatus = async () => {
      seen += rows;
      return line(seen, seen, seen);
    };
    const { done } = await bringing(host);
    const ended = await done.then(
      ({ health }) => `${health.state}: ${health.meaning}`,
      ({ code }: { code: string }) => code,
    );
    expect(ended).toMatch(end === 'running' ? /^running: rows go through its rules/ : end);
    expect(verbs(host)).toHaveLength(updates);
  });
});

describe('a lost answer is settled by asking', () => {
  it('it was done', async () => {
    const host = new FakeHost('2.4.0').has('probe', '1.0.0', 'old.zip');
    host.surprises = [
      (wanted) => {
        host.accept(wanted);
        throw hostFailure('dropped', 'closed the connection');
      },
    ];
    const { done, watcher } = await bringing(host);
    expect(await done).toMatchObject({ answerLost: true, health: { state: 'running' } });
    expect(watcher.notes.at(-1)).toBe(
      'edge1:9081: closed the connection; asking whether it got there',
    );
  });

  it.each([
    ['nothing came of it', false, 4],
    ['with install.sh it may take long without a sign', true, 90],
  ])('%s', async (_name, hasScript, seconds) => {
    const host = new FakeHost('2.4.0');
    host.surprises = [
      () => {
        throw hostFailure('timeout');
      },
    ];
    const { done, clock } = await bringing(host, { hasScript });
    await expect(done).rejects.toMatchObject({
      kind: 'timeout',
      reason: 'asking showed that it was not done',
    });
    expect(clock.waited()).toBe(seconds * 1000);
  });

  it('the old one is still registered: it never got there, install.sh or not', async () => {
    const host = new FakeHost('2.4.0').has('probe', '1.0.0', 'old.zip');
    host.update = async () => {
      throw hostFailure('dropped');
    };
    const { done, clock } = await bringing(host, { hasScript: true });
    await expect(done).rejects.toMatchObject({ kind: 'dropped' });
    expect(clock.waited()).toBe(4000);
  });
});
