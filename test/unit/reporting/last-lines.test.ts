import { expect, test } from 'vitest';
import { runFixture } from './fixture-run.ts';

test('a run ends with its faults, with what failed by name, and with the line that counts', async () => {
  const { stdout, isWell } = await runFixture('faults-line');
  const file = 'failed: test/fixtures/faults-line/mixed.case.ts >';
  expect(stdout.trimEnd().split('\n').slice(-5)).toEqual([
    'faults: 6 injected, 3 survived',
    `${file} beside a hook that fails, in a hook: no room`,
    `${file} two that were not: expected 'none runs' to be '' // Object.is equality`,
    `${file} one whose test could not even be played: no host`,
    '2 passed, 3 failed, 1 skipped',
  ]);
  expect(isWell).toBe(false);
}, 180_000);
