import { describe, expect, it } from 'vitest';
import type { RuleCheck } from '../../../../src/client/host-client.ts';
import { calledFunctions, functionsAnswer } from '../../../../src/deploy/rules/asking.ts';
import type { RuleUse } from '../../../../src/deploy/rules/rule-uses.ts';
import { FakeHost, fakeClock, hostFailure } from '../change/fake-host.ts';

/** As eKuiper 2.2.5 and 2.4.0 answer; 1.14.7 says `error: receive time out.` */
const refused = (name: string, words: string): RuleCheck => ({
  isValid: false,
  words: `invalid rule json: Parse SQL SELECT \`${name}\`() AS x FROM kplugin_asks error: validate function ${name} error: ${words}`,
});

const TIME_OUT = 'time out, plugin pm status error, message: signal: killed.';

const RETURNED = 'validate return state is false, got &{State:false Result:';

const use = (rule: string, ...names: string[]): RuleUse => ({
  rule,
  symbols: names.map((name) => ({ kind: 'function', name })),
  by: 'read',
});

describe('asking the functions of a plugin', () => {
  it.each<[string, Record<string, RuleCheck | null | 'hangs'>, string, number]>([
    ['it takes no arguments', { f: { isValid: true, words: '' } }, 'answers', 0],
    ['it wants an argument', { f: refused('f', `${RETURNED}f takes 1}.`) }, 'answers', 0],
    [
      'it speaks of a time out itself',
      { f: refused('f', `${RETURNED}error: time out}.`) },
      'answers',
      0,
    ],
    ['it takes them, and there is no such stream', { f: refused('f', 'no stream') }, 'answers', 0],
    ['no answer', { f: refused('f', TIME_OUT) }, 'silent', 20],
    ['no answer of eKuiper either', { f: 'hangs' }, 'silent', 20],
    ['1.14.7', { f: { isValid: false, words: 'error: receive time out.' } }, 'silent', 20],
    ['one of two', { f: refused('f', TIME_OUT), g: { isValid: true, words: '' } }, 'answers', 0],
    ['an eKuiper that checks no rules', { f: null }, 'unknown', 0],
    ['it is gone', { f: { isValid: false, words: 'error: function f not found.' } }, 'unknown', 0],
    ['no function', {}, 'unknown', 0],
  ])('%s', async (_name, checks, answer, seconds) => {
    const [host, clock] = [new FakeHost('2.4.0'), fakeClock()];
    host.checkRule = async (rule) => {
      const name = /SELECT `(\w+)`/.exec(JSON.stringify(rule))?.[1] ?? '';
      const check = checks[name];
      if (check === 'hangs') throw hostFailure('timeout');
      return check ?? null;
    };
    const timing = { clock, limit: 20_000 };
    expect(await functionsAnswer(host, Object.keys(checks), timing)).toBe(answer);
    expect(clock.waited()).toBe(seconds * 1000);
  });

  it('waits for one that starts slowly', async () => {
    const [host, clock] = [new FakeHost('2.4.0'), fakeClock()];
    host.checkRule = async () =>
      clock.waited() < 5000 ? refused('f', TIME_OUT) : { isValid: true, words: '' };
    expect(await functionsAnswer(host, ['f'], { clock, limit: 20_000 })).toBe('answers');
    expect(clock.waited()).toBe(5000);
  });

  it('a host that cannot be reached is no answer', async () => {
    const host = new FakeHost('2.4.0');
    host.checkRule = async () => {
      throw hostFailure('unreachable');
    };
    const asked = functionsAnswer(host, ['f'], { clock: fakeClock(), limit: 20_000 });
    await expect(asked).rejects.toMatchObject({ kind: 'unreachable' });
  });
});

it('only functions of running rules are asked, each once', () => {
  const uses = [use('a', 'f', 'g'), use('b', 'f'), use('stopped', 'h')];
  expect(calledFunctions(uses, ['a', 'b'])).toEqual(['f', 'g']);
});
