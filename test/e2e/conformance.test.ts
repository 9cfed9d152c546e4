import { afterAll, describe, expect, test } from 'vitest';
import { TARGET_NAMES } from '../../src/model/target.ts';
import { sdkPython } from '../toolchain/python.ts';
import { describeWith } from '../toolchain/require.ts';
import { sharedFolder } from '../toolchain/shared.ts';
import { recordedCases } from './conformance/cases.ts';
import { countSteps, noCounts, replay } from './conformance/replay.ts';
import { World } from './conformance/world.ts';

/** These two are about a handshake that never comes: waited for no longer than it takes to be sure. */
const SILENT = ['run.silent', 'run.wrongname'];

const find = (): Promise<[string, string]> =>
  Promise.all([sharedFolder('conformance'), sdkPython()]);

await describeWith('what six real eKuipers answered', find, ([folder, python]) => {
  describe.each(TARGET_NAMES)('eKuiper %s', (target) => {
    const counts = noCounts();
    const cases = recordedCases(folder, target);

    afterAll(() => {
      const left = Object.entries(counts.left).map(([reason, count]) => `${count} ${reason}`);
      process.stderr.write(
        `conformance ${target}: ${counts.replayed} steps replayed (${counts.exceptions} by a named exception), left: ${left.join(', ')}\n`,
      );
    });

    test('no more steps are left than those whose answers only a rule engine has', () => {
      const all = noCounts();
      for (const { steps } of cases) countSteps(steps, all);
      expect(all).toEqual({
        replayed: 532,
        exceptions: 0,
        left: { 'words of the rule engine': 53, metadata: 8, 'export with rules': 3 },
      });
    });

    test.concurrent.each(cases.map((one) => [one.name, one] as const))('%s', async (name, one) => {
      const initTimeoutMs = SILENT.includes(name) ? 1_500 : 30_000;
      const world = await World.open({ target, python, initTimeoutMs });
      try {
        await replay(world.own(one), world, target, counts);
      } finally {
        await world.close();
      }
    });
  });
});
