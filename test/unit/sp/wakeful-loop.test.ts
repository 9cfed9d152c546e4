import { expect, test } from 'vitest';
import { loopBy } from './wakeful-loop.ts';

test('stays awake for a fifth of a millisecond, then sleeps', () => {
  const { loop, awake } = loopBy();
  expect(awake(0.05)).toBe(0);
  loop.stay();
  expect(awake(0.05)).toBe(4);
  expect(awake(0.05)).toBe(0);
});

test('sleeps once the last answer that was due came', () => {
  const { loop, awake } = loopBy();
  const since = [loop.stay(), loop.stay()];
  loop.leave(since[0] ?? 0);
  expect(awake(0.1)).toBe(2);
  loop.stay();
  for (const one of since) loop.leave(one);
  expect(awake(0.1)).toBe(1);
});

test.each([
  [0.19, true],
  [0.21, false],
])('an answer after %d ms came in time: %s', (ms, isInTime) => {
  const { loop, pass } = loopBy();
  const since = loop.stay();
  pass(ms);
  expect(loop.leave(since)).toBe(isInTime);
});

test.each([
  [1, false],
  [2, true],
])('with %i cores to run on it is useful: %s', (cores, isUseful) => {
  expect(loopBy(cores).loop.isUseful).toBe(isUseful);
});
