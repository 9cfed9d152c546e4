import { describe, expect, it } from 'vitest';
import { watchTimeOf } from '../../../../src/deploy/rules/pace.ts';
import { watchRules } from '../../../../src/deploy/rules/rule-watch.ts';
import { FakeHost, fakeClock } from '../change/fake-host.ts';
import { operator, ruleStatus } from './statuses.ts';

const NOW = new FakeHost('2.4.0').hostTime() ?? 0;

/** A rule that was started so many seconds ago, and its rows so far; the last one came so many seconds ago. */
const rule = (rows: number, started: number | null, last = 1) =>
  ruleStatus(
    [
      operator('source_s_0', { recordsOut: rows, lastRowTime: NOW - last * 1000 }),
      operator('sink_log_0_0', { recordsIn: rows }),
    ],
    { startTime: started === null ? null : NOW - started * 1000 },
  );

describe('how long a rule is watched for its first row', () => {
  it.each([
    ['a row every 10 s', rule(10, 101), null, 30],
    ['a row every minute', rule(10, 601), null, 60],
    ['a row every second', rule(100, 101), null, 5],
    ['a single row so far', rule(1, 101), null, 5],
    ['its rows ended long ago', rule(100, 2000, 1000), null, 5],
    ['its start is not known (1.x)', rule(10, null), null, 5],
    ['--watch 2m', rule(100, 101), 120_000, 120],
  ])('%s', (_name, status, wished, seconds) => {
    expect(watchTimeOf(status, NOW, wished)).toBe(seconds * 1000);
  });
});

it.each([
  [25, 'answers', ''],
  [100, 'quiet', 'no row came through in 30 s'],
])('a slow rule with its next row after %i s: %s', async (seconds, state, words) => {
  const [host, clock] = [new FakeHost('2.4.0'), fakeClock()];
  host.ruleStatus = async () => rule(clock.waited() < seconds * 1000 ? 10 : 11, 101);
  const watch = await watchRules(host, [
    { rule: 'r', symbols: [{ kind: 'function', name: 'f' }], by: 'read' },
  ]);
  expect(watch.longest(null)).toBe(30_000);
  expect(await watch.verdicts({ clock, watch: null })).toMatchObject([{ state, words }]);
});
