import { expect, test } from 'vitest';
import { BusyPoll, LATE_ANSWERS } from '../../../src/sp/busy-poll.ts';
import { loopBy } from './wakeful-loop.ts';

/** A peer that answers after so many milliseconds. */
function peer(ms: number, cores = 2) {
  const { loop, pass, awake, isAwake } = loopBy(cores);
  const poll = new BusyPoll(LATE_ANSWERS.whoServes, loop);
  /** One answer; whether the loop was awake for it. */
  const exchange = () => {
    poll.expect();
    const wasAwake = isAwake();
    pass(ms);
    poll.came();
    // The turn that was due.
    awake(0);
    return wasAwake;
  };
  const awakeOf = (count: number) => Array.from({ length: count }, exchange).filter(Boolean).length;
  return { poll, awake, awakeOf };
}

test.each([
  ['that come quickly are awaited awake', 0.05, 2, 500],
  ['that come late are awaited asleep, but for two tries', 0.3, 2, 18],
  ['are awaited asleep on a single core', 0.05, 1, 0],
] as const)('answers %s', (_title, ms, cores, awake) => {
  expect(peer(ms, cores).awakeOf(500)).toBe(awake);
});

test('a question that takes the place of another is no second one', () => {
  const { poll, awake } = peer(0.05);
  poll.expect();
  poll.expect();
  poll.came();
  expect(awake(0.01)).toBe(1);
});

test('an answer that nobody expects is none', () => {
  const { poll, awake, awakeOf } = peer(0.05);
  poll.came();
  expect(awake(0.01)).toBe(0);
  expect(awakeOf(10)).toBe(10);
});

test('what is sent on a connection that is gone keeps nobody awake, then or later', () => {
  const { poll, awake } = peer(0.05);
  poll.expect();
  poll.end();
  expect(awake(0.01)).toBe(1);
  poll.expect();
  expect(awake(0.01)).toBe(0);
});

test('two connections share one loop: it is awake while one of them waits', () => {
  const { loop, awake } = loopBy();
  const polls = [
    new BusyPoll(LATE_ANSWERS.whoServes, loop),
    new BusyPoll(LATE_ANSWERS.whoServes, loop),
  ];
  for (const poll of polls) poll.expect();
  polls[0]?.came();
  expect(awake(0.1)).toBe(2);
});
