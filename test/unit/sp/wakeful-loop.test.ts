import { expect, test } from 'vitest';
import { loopBy } from './wakeful-loop.ts';

test('stays awake for a fifth of a millisecond, then sleeps', () => {
  const { loop, awake } = loopBy();
  expect(awake(0.05)).toBe(0);
  loop.stay(loop.now());
  expect(awake(0.05)).toBe(4);
  expect(awake(0.05)).toBe(0);
});

test('sleeps once the last answer that was due came', () => {
  const { loop, awake } = loopBy();
  loop.stay(loop.now());
  loop.stay(loop.now());
  loop.leave();
  expect(awake(0.1)).toBe(2);
  loop.stay(loop.now());
  loop.leave();
  loop.leave();
  expect(awake(0.1)).toBe(1);
});

test.each([
  [1, false],
  [2, true],
])('with %i cores to run on it is useful: %s', (cores, isUseful) => {
  expect(loopBy(cores).loop.isUseful).toBe(isUseful);
});
