import { expect, test } from 'vitest';
import { Rate } from '../../../../src/emulator/symbols/activity.ts';

test('steady: what it is', () => {
  const rate = new Rate(0);
  for (let at = 0; at < 20_000; at += 10) rate.add(at);
  expect(rate.perSecond(20_000)).toBeCloseTo(100, 0);
  expect(rate.perSecond(20_500)).toBeLessThan(100);
});

test('just begun: no less than what came, no wild number', () => {
  const rate = new Rate(5_000);
  for (let count = 0; count < 8; count += 1) rate.add(5_010);
  expect(rate.perSecond(5_020)).toBe(8);
  expect(rate.perSecond(7_000)).toBe(4);
});

test('silence ends it, also a long one', () => {
  const rate = new Rate(0);
  rate.add(0);
  expect(rate.perSecond(4_900)).toBeGreaterThan(0);
  expect(rate.perSecond(6_000)).toBe(0);
  rate.add(10_000_000);
  expect(rate.perSecond(10_000_100)).toBeCloseTo(0.2, 1);
});
