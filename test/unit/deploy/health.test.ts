import { describe, expect, it } from 'vitest';
import { type PluginState, parseHostInfo } from '../../../src/client/answers.ts';
import { healthOf, isUpdateAccident } from '../../../src/deploy/health.ts';

const info = (version: string) => parseHostInfo({ version, os: 'linux' });

describe('how a plugin is', () => {
  it.each([
    ['2.4.0', 'running', '', 'running', 'reported back'],
    ['2.4.0', 'initializing', '', 'starting', 'waits for it'],
    ['2.4.0', 'stop', '', 'stopped', 'has stopped it'],
    [
      '2.4.0',
      'error',
      'exit status 3',
      'dead',
      'ended (exit status 3); eKuiper never starts it again',
    ],
    ['2.4.0', 'error', 'signal: killed', 'dead', 'killed (by a user, or because memory ran out)'],
    ['2.0.8', 'error', 'signal: killed', 'dead', 'every other update does that on eKuiper 2.0'],
    [
      '2.4.0',
      'error',
      'plugin x control handshake error: receive time out',
      'dead',
      'never reported back',
    ],
    [
      '2.4.0',
      'error',
      'receive error: Traceback',
      'dead',
      'when eKuiper started a source or sink of it',
    ],
    ['2.4.0', 'error', 'unsupported virtual type: venv', 'dead', 'could not start it'],
    ['2.4.0', 'unknown', '', 'unknown', 'does not know'],
  ])('eKuiper %s says %s %s: %s', (version, state, error, mine, meaning) => {
    const status = { state: state as PluginState, error, refCount: new Map([['r1', 2]]) };
    const health = healthOf(status, info(version));
    expect(health).toMatchObject({ state: mine, error, rules: new Map([['r1', 2]]) });
    expect(health.meaning).toContain(meaning);
  });

  it('cannot be told before 2.0', () => {
    const health = healthOf(null, info('1.14.7'));
    expect(health.state).toBe('unknown');
    expect(health.meaning).toContain('with the first rule that uses it');
  });

  it.each([
    ['signal: killed', true],
    ['receive error: Traceback …\npynng.exceptions.AddressInUse: Address in use', true],
    ['listen unix /tmp/r_snk.ipc: bind: address already in use', true],
    ['listen EADDRINUSE: address already in use /tmp/r_snk.ipc', true],
    ['exit status 1', false],
    ['', false],
  ])('is an accident of the update: %s', (error, isAccident) => {
    const health = healthOf({ state: 'error', error, refCount: new Map() }, info('2.4.0'));
    expect(isUpdateAccident(health)).toBe(isAccident);
  });
});
