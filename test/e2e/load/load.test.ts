import { expect, test } from 'vitest';
import { runFlow } from '../../bench/flow.ts';
import { describeOnUnix } from '../../toolchain/require.ts';

const MILLION = 1_000_000;
/** Far above what is measured in test/bench, and far below a million rows kept: those take 150 MB and more. */
const GROWTH = 96 * 2 ** 20;

describeOnUnix('the embedded host and the TypeScript SDK under load', () => {
  test('a million rows come through source, host and sink: none lost, in order, memory flat', {
    timeout: 300_000,
  }, async () => {
    const { sinks, hostGrowth, pluginGrowth } = await runFlow(MILLION, 1, 0);

    expect(sinks).toEqual([{ received: MILLION, wrong: 0 }]);
    expect(hostGrowth).toBeLessThan(GROWTH);
    expect(pluginGrowth).toBeLessThan(GROWTH);
  });

  test('20 sources, 20 sinks and 10 functions at once: each row in its place', {
    timeout: 120_000,
  }, async () => {
    const { sinks } = await runFlow(2_000, 20, 10);

    expect(sinks).toEqual(Array.from({ length: 20 }, () => ({ received: 2_000, wrong: 0 })));
  });
});
