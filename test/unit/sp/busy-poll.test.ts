import { expect, test } from 'vitest';
import { BusyPoll, WakefulLoop } from '../../../src/sp/busy-poll.ts';

/** A loop whose time and turns a test makes. */
function loopBy(cores = 2) {
  let now = 1;
  let turns = 0;
  let next: (() => void) | null = null;
  const later = (turn: () => void) => {
    next = turn;
  };
  const loop = new WakefulLoop(() => now, later, cores);
  const pass = (ms: number) => {
    now += ms;
  };
  /** Turns until the loop sleeps, each so long; how many that were. */
  const awake = (ms: number) => {
    turns = 0;
    for (let turn = next; turn !== null; turn = next) {
      next = null;
      now += ms;
      turns += 1;
      turn();
    }
    return turns;
  };
  return { loop, pass, awake };
}

test('an answer is awaited awake for a fifth of a millisecond, then asleep', () => {
  const { loop, awake } = loopBy();
  const poll = new BusyPoll(loop);
  expect(awake(0.05)).toBe(0);
  poll.expect();
  expect(awake(0.05)).toBe(4);
  expect(awake(0.05)).toBe(0);
});

test('nothing turns once the answer came, or the connection ended', () => {
  const { loop, awake } = loopBy();
  const poll = new BusyPoll(loop);
  for (const over of [() => poll.came(), () => poll.end()]) {
    poll.expect();
    over();
    expect(awake(0.01)).toBe(1);
  }
});

test('what is sent on a connection that is gone keeps nobody awake, then or later', () => {
  const { loop, awake } = loopBy();
  const gone = new BusyPoll(loop);
  gone.end();
  gone.expect();
  expect(awake(0.01)).toBe(0);
  const other = new BusyPoll(loop);
  other.expect();
  other.came();
  expect(awake(0.01)).toBe(1);
});

test('one that answers late is awaited asleep, ever longer; one quick answer makes up for it', () => {
  const { loop, pass, awake } = loopBy();
  const poll = new BusyPoll(loop);
  /** Whether the loop stayed awake for it. */
  const answered = (after: number) => {
    poll.expect();
    pass(after);
    poll.came();
    return awake(0) === 1;
  };
  const tries = (count: number, after: number) =>
    Array.from({ length: count }, () => answered(after)).flatMap((is, n) => (is ? [n] : []));
  expect(tries(150, 1)).toEqual([0, 3, 8, 17, 34, 67, 100, 133]);
  expect(tries(32, 0.1)).toEqual([16, ...Array.from({ length: 15 }, (_, n) => n + 17)]);
});

test('two connections share one loop', () => {
  const { loop, awake } = loopBy();
  const polls = [new BusyPoll(loop), new BusyPoll(loop)];
  for (const poll of polls) poll.expect();
  polls[0]?.came();
  expect(awake(0.1)).toBe(2);
});

test('a single core never waits awake', () => {
  const { loop, awake } = loopBy(1);
  new BusyPoll(loop).expect();
  expect(awake(0.01)).toBe(0);
});
