import { expect, test } from 'vitest';
import { Promptness } from '../../../src/sp/busy-poll.ts';

/** So many answers, each in time or not; the numbers of those that the peer was trusted for. */
function trusted(peer: Promptness, count: number, isInTime: (n: number) => boolean): number[] {
  return Array.from({ length: count }, (_, n) => n).filter((n) => {
    const was = peer.isPrompt;
    peer.came(isInTime(n));
    return was;
  });
}

test.each([
  ['all of them', 1, 0],
  ['three of four', 4, 1],
])('who answers %s in time is trusted for good', (_title, of, late) => {
  expect(trusted(new Promptness(8), 1_000, (n) => n % of >= late)).toHaveLength(1_000);
});

test('who is late more often is not, and is tried again after ever more answers', () => {
  const tries = trusted(new Promptness(8), 20_000, () => false);
  const first = tries.filter((n, at) => n !== (tries[at - 1] ?? -2) + 1);
  const pauses = first.slice(1).map((n, at) => n - (first[at] ?? 0) - 9);
  expect(pauses).toEqual([256, 512, 1024, 2048, 4096, 4096, 4096]);
  expect(tries).toHaveLength(first.length * 9);
});

test('who is trusted as long as one of 32 comes in time is tried ever less only when none does', () => {
  expect(trusted(new Promptness(31), 1_000, (n) => n % 32 === 0)).toHaveLength(1_000);
  expect(trusted(new Promptness(31), 1_000, () => false)).toHaveLength(96);
});

test('one quick answer among late ones changes nothing: that is a peer that needs its core', () => {
  expect(trusted(new Promptness(8), 10_000, (n) => n % 2 === 0).length).toBeLessThan(150);
});

test('who got better is noticed, and the next lapse costs a short pause again', () => {
  const peer = new Promptness(8);
  trusted(peer, 20_000, () => false);
  trusted(peer, 4_200, () => true);
  expect(peer.isPrompt).toBe(true);
  trusted(peer, 40, () => false);
  trusted(peer, 256, () => true);
  expect(peer.isPrompt).toBe(true);
});
