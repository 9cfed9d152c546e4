import { expect, test } from 'vitest';
import { QuickerWay } from '../../../src/sp/quicker-way.ts';

/** So many answers of a peer; how many of them were awaited awake. */
function answers(way: QuickerWay, count: number, msAwake: number, msAsleep: number): number {
  let awake = 0;
  for (let n = 0; n < count; n += 1) {
    if (way.isAwake) awake += 1;
    way.took(way.isAwake ? msAwake : msAsleep);
  }
  return awake;
}

test('the first answers are awaited asleep', () => {
  expect(answers(new QuickerWay(0.4), 128, 0.02, 0.1)).toBe(0);
});

test.each([
  { title: 'awake five times as quick', awake: 0.02, asleep: 0.1, isAwake: true },
  { title: 'asleep five times as quick', awake: 0.1, asleep: 0.02, isAwake: false },
  {
    title: 'hardly any difference: a core is worth more',
    awake: 0.096,
    asleep: 0.1,
    isAwake: false,
  },
  { title: 'both far too slow to tell', awake: 40, asleep: 50, isAwake: false },
])('$title', ({ awake, asleep, isAwake }) => {
  const way = new QuickerWay(0.4);
  answers(way, 1_000, awake, asleep);
  // Whatever it is doing just now, most of the next ones are awaited in the quicker way.
  expect(answers(way, 1_000, awake, asleep) > 500).toBe(isAwake);
});

test('a pause of the peer in one of the ways does not decide', () => {
  const way = new QuickerWay(0.4);
  answers(way, 128, 0.02, 0.1);
  way.took(5_000);
  answers(way, 62, 0.02, 0.1);
  way.took(5_000);
  expect(answers(way, 200, 0.02, 0.1)).toBe(200);
});

test('while the trials agree, ever fewer answers are spent on them: one of 256 in the end', () => {
  const way = new QuickerWay(0.4);
  answers(way, 100_000, 0.3, 0.02);
  expect(answers(way, 82_560, 0.3, 0.02)).toBe(320);
});

test.each([
  { title: 'long the same: noticed within some 8,000 answers', before: 100_000, within: 8_300 },
  { title: 'not the same for long: noticed within some 500', before: 300, within: 480 },
])('conditions that were $title', ({ before, within }) => {
  const way = new QuickerWay(0.4);
  answers(way, before, 0.3, 0.02);
  answers(way, within, 0.02, 0.1);
  expect(answers(way, 200, 0.02, 0.1)).toBe(200);
});
