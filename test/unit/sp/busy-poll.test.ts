import { expect, test } from 'vitest';
import { BusyPoll } from '../../../src/sp/busy-poll.ts';
import { loopBy } from './wakeful-loop.ts';

/** What answers sooner to whoever is awake, or not. */
function peer(cores: number, msAwake: number, msAsleep: number) {
  const { loop, pass, awake, isAwake } = loopBy(cores);
  const poll = new BusyPoll(loop);
  /** One answer; whether the loop stayed awake for it. */
  const exchange = () => {
    poll.expect();
    const wasAwake = isAwake();
    pass(wasAwake ? msAwake : msAsleep);
    poll.came();
    // The turn that was due.
    awake(0);
    return wasAwake;
  };
  const awakeOf = (count: number) => Array.from({ length: count }, exchange).filter(Boolean).length;
  return { poll, awake, awakeOf };
}

test.each([
  ['awake where that is quicker', 2, 0.02, 0.1, [0.9, 1]],
  ['asleep where that is quicker', 2, 0.3, 0.05, [0, 0.03]],
  ['asleep for a peer that takes its time', 2, 5, 5, [0, 0.03]],
  ['asleep on a single core', 1, 0.02, 0.1, [0, 0]],
] as const)('answers are awaited %s', (_title, cores, msAwake, msAsleep, [least, most]) => {
  const share = peer(cores, msAwake, msAsleep).awakeOf(20_000) / 20_000;
  expect(share).toBeGreaterThanOrEqual(least);
  expect(share).toBeLessThanOrEqual(most);
});

test('what is sent on a connection that is gone keeps nobody awake', () => {
  const { poll, awake, awakeOf } = peer(2, 0.02, 0.1);
  expect(awakeOf(2_000)).toBeGreaterThan(1_000);
  poll.expect();
  poll.end();
  expect(awake(0.01)).toBe(1);
  poll.expect();
  expect(awake(0.01)).toBe(0);
});
