import { describe, expect, it } from 'vitest';
import { parseHostInfo } from '../../../../src/client/answers.ts';
import type { HostFailure } from '../../../../src/client/http/host-failure.ts';
import type { RuleStatus } from '../../../../src/client/rule-status.ts';
import { restartRules } from '../../../../src/deploy/rules/restart.ts';
import { restartSentence } from '../../../../src/deploy/rules/rule-sentences.ts';
import { FakeHost, fakeClock, hostFailure } from '../change/fake-host.ts';
import { line, ruleStatus } from './statuses.ts';

const RULES = [{ rule: 'a' }, { rule: 'b' }, { rule: 'off' }, { rule: 'gone' }];

function hostWith(version: string, failures: Readonly<Record<string, HostFailure>> = {}): FakeHost {
  const host = new FakeHost(version);
  host.ruleStates = async () => [
    { id: 'a', state: 'running' },
    { id: 'b', state: 'Running' },
    { id: 'off', state: 'Stopped: canceled manually.' },
  ];
  host.ruleStatus = async () => ruleStatus([]);
  host.restartRule = async (rule) => {
    host.asked.push(`RESTART ${rule}`);
    const failure = failures[rule];
    if (failure) throw failure;
  };
  return host;
}

const effects = () => ({ clock: fakeClock(), plugin: 'probe' });

describe('restarting the rules of a plugin', () => {
  it.each(['1.14.7', '2.4.0'])('those that run, one by one (%s)', async (version) => {
    const host = hostWith(version);
    const told: string[] = [];
    const done = await restartRules(host, RULES, {
      ...effects(),
      onRule: (rule) => told.push(rule),
    });
    expect(done).toEqual([
      { rule: 'a', state: 'restarted', words: '' },
      { rule: 'b', state: 'restarted', words: '' },
      { rule: 'off', state: 'left', words: 'Stopped: canceled manually.' },
      { rule: 'gone', state: 'left', words: 'the rule is gone' },
    ]);
    expect(told).toEqual(['a', 'b']);
    expect(host.asked.filter((one) => one.startsWith('RESTART'))).toEqual([
      'RESTART a',
      'RESTART b',
    ]);
  });

  it('goes on after one that is refused', async () => {
    const host = hostWith('2.4.0', { a: hostFailure('refused', 'receive time out') });
    expect((await restartRules(host, RULES, effects())).slice(0, 2)).toEqual([
      { rule: 'a', state: 'failed', words: 'receive time out' },
      { rule: 'b', state: 'restarted', words: '' },
    ]);
  });

  it('asks nothing more of a host that does not answer', async () => {
    const host = hostWith('2.0.8', { a: hostFailure('timeout') });
    expect((await restartRules(host, RULES, effects())).slice(0, 2)).toEqual([
      { rule: 'a', state: 'unanswered', words: 'the words' },
      { rule: 'b', state: 'left', words: 'the one before got no answer' },
    ]);
    expect(host.asked.filter((one) => one.startsWith('RESTART'))).toEqual(['RESTART a']);
  });

  const up = ruleStatus([]);
  const starting = ruleStatus([], { state: 'starting' });
  const down = ruleStatus([], { state: 'stopped', message: 'handshake.' });

  it.each<[string, (RuleStatus | null)[], string, number]>([
    ['does not stay up, and never comes up', [up, down], 'failed', 2],
    ['comes up when it is started again', [up, down, up], 'restarted', 2],
    ['is starting for a while', [starting, starting, starting, starting, up], 'restarted', 1],
    ['never gets beyond its start', [starting], 'failed', 2],
    ['is deleted meanwhile', [up, null], 'failed', 2],
  ])('one that %s', async (_name, looks, state, restarts) => {
    const host = hostWith('1.14.7');
    const left = [...looks];
    host.ruleStatus = async () => (left.length > 1 ? left.shift() : left[0]) ?? null;
    expect((await restartRules(host, [{ rule: 'a' }], effects()))[0]).toMatchObject({ state });
    const asked = host.asked.filter((one) => one.startsWith('RESTART'));
    expect(asked).toHaveLength(restarts);
  });

  it('touches none while the plugin is down: eKuiper 2.0.8 crashes over that', async () => {
    const host = hostWith('2.0.8');
    host.statuses = [{ state: 'error', error: 'signal: killed' }];
    expect((await restartRules(host, RULES, effects()))[0]).toEqual({
      rule: 'a',
      state: 'left',
      words: 'plugin probe does not run (error)',
    });
    expect(host.asked).toEqual(['STATUS probe']);
  });

  it.each([
    ['2.4.0', 1, 'restarted'],
    ['2.4.0', 0, 'left'],
    ['2.0.8', 1, 'left'],
  ])('%s says killed, %i rows a second: %s', async (version, rows, state) => {
    const host = hostWith(version);
    host.statuses = [{ state: 'error', error: 'signal: killed' }];
    let seen = 0;
    host.ruleStatus = async () => {
      seen += rows;
      return line(seen, seen, seen);
    };
    const use = { rule: 'a', symbols: [{ kind: 'source', name: 'psrc' } as const] };
    expect((await restartRules(host, [use], effects()))[0]).toMatchObject({ rule: 'a', state });
  });

  it('ends when the host is gone', async () => {
    const host = hostWith('2.4.0', { a: hostFailure('unreachable') });
    await expect(restartRules(host, RULES, effects())).rejects.toMatchObject({
      kind: 'unreachable',
    });
  });

  it.each([
    ['2.0.8', 'hangs when a rule of a plugin that died'],
    ['2.2.5', 'hangs when a rule of a plugin that died'],
    ['2.4.0', 'a call of a function'],
    ['1.14.7', 'a call of a function'],
  ])('names what holds eKuiper %s up', (version, why) => {
    const info = parseHostInfo({ version, os: 'linux' });
    const sentence = (state: 'unanswered' | 'left' | 'failed' | 'restarted') =>
      restartSentence({ rule: 'a', state, words: 'w' }, info);
    expect(sentence('unanswered')).toContain(why);
    expect(sentence('left')).toBe('rule a was not restarted: w');
    expect(sentence('failed')).toBe('rule a could not be restarted: w');
    expect(sentence('restarted')).toBe('rule a was restarted and runs');
  });
});
