import { expect, test } from 'vitest';
import { runFixture } from './fixture-run.ts';

test('faults that were not survived are counted as injected, before the line that ends every run', async () => {
  const { stdout, isWell } = await runFixture('faults-line');
  expect(stdout.trimEnd().split('\n').slice(-2)).toEqual([
    'faults: 6 injected, 3 survived',
    '2 passed, 2 failed, 0 skipped',
  ]);
  expect(isWell).toBe(false);
}, 120_000);
