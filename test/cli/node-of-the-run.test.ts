import { expect, test } from 'vitest';
import { run } from '../toolchain/run.ts';

const asked = process.env['KPLUGIN_TEST_NODE'];

// `npm run test:nodes` would be green for nothing if the tests ran under another Node than it says.
test.skipIf(asked === undefined)(
  'this process and what it starts as `node` are the Node that was asked for',
  async () => {
    expect(process.versions.node).toBe(asked);
    expect((await run('node', ['-p', 'process.versions.node'])).trim()).toBe(asked);
  },
);
