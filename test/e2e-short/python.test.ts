import { test } from 'vitest';
import { sdkPython } from '../toolchain/python.ts';
import { describeOnUnixWith } from '../toolchain/require.ts';
import { travel } from './journey.ts';

await describeOnUnixWith('the whole way in Python', sdkPython, (python) => {
  test('from init to remove', () =>
    travel({
      language: 'python',
      name: 'kps_python',
      verdict: '20 passed',
      flags: ['--python', python],
    }));
});
