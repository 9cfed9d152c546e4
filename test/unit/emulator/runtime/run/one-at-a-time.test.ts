import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OneAtATime } from '../../../../../src/emulator/runtime/run/control.ts';

describe('one at a time', () => {
  test('begins at once when nothing is under way, and later ones in their order', async () => {
    const turns = new OneAtATime();
    const begun: number[] = [];
    let finish: () => void = () => undefined;
    const first = turns.run(() => {
      begun.push(1);
      return new Promise<void>((resolve) => {
        finish = resolve;
      });
    });
    expect(begun).toEqual([1]);
    const rest = [2, 3].map((n) => turns.run(async () => begun.push(n)));
    await Promise.resolve();
    expect(begun).toEqual([1]);
    finish();
    await Promise.all([first, ...rest]);
    expect(begun).toEqual([1, 2, 3]);
  });

  test('never lets two tasks overlap, whichever fail and whenever they come', async () => {
    const task = fc.record({ waits: fc.nat(3), fails: fc.boolean(), pause: fc.nat(2) });
    await fc.assert(
      fc.asyncProperty(fc.array(task, { maxLength: 12 }), async (tasks) => {
        const turns = new OneAtATime();
        const order: number[] = [];
        let open = 0;
        const results: Promise<string>[] = [];
        for (const [index, { waits, fails, pause }] of tasks.entries()) {
          const result = turns.run(async () => {
            open += 1;
            expect(open).toBe(1);
            order.push(index);
            for (let n = 0; n < waits; n += 1) await null;
            open -= 1;
            if (fails) throw new Error('failed');
            return 'done';
          });
          results.push(result.catch((error: Error) => error.message));
          for (let n = 0; n < pause; n += 1) await null;
        }
        expect(await Promise.all(results)).toEqual(
          tasks.map(({ fails }) => (fails ? 'failed' : 'done')),
        );
        expect(order).toEqual([...tasks.keys()]);
      }),
    );
  });
});
