import { test } from 'vitest';
import { goCommand } from '../toolchain/go.ts';
import { useGoSdk } from '../toolchain/go-sdk.ts';
import { describeOnUnixWith } from '../toolchain/require.ts';
import { travel } from './journey.ts';

await describeOnUnixWith('the whole way in Go', goCommand, () => {
  test('from init to remove', () =>
    travel({ language: 'go', name: 'kps_go', verdict: '17 passed, 2 skipped', prepare: useGoSdk }));
});
