import { test } from 'vitest';
import { npmSdk, useNpmSdk } from '../toolchain/npm.ts';
import { describeOnUnixWith } from '../toolchain/require.ts';
import { travel } from './journey.ts';

await describeOnUnixWith('the whole way in TypeScript', npmSdk, () => {
  test('from init to remove', () =>
    travel({
      language: 'typescript',
      name: 'kps_typescript',
      verdict: '20 passed',
      prepare: useNpmSdk,
    }));
});
