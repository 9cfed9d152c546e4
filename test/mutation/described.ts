import { describe, expect, it } from 'vitest';
import { quickFolder, temporaryFolders } from '../fixtures/tree.ts';
import { mutate } from './mutate.ts';

/** Tests that `count` changed inputs are none of them called a bug; their seeds are told, and KPLUGIN_SEED changes them. */
export function describeMutations(count: number, from: number, parts: number): void {
  const folder = temporaryFolders(quickFolder());
  const each = Math.ceil(count / parts);
  const first = from + Number(process.env['KPLUGIN_SEED'] ?? 0);
  describe(`${each * parts} changed inputs, seeds ${first} to ${first + parts - 1}`, () => {
    it.each(Array.from({ length: parts }, (_, part) => first + part))(
      'seed %i: none is called a bug of kplugin',
      { timeout: 1_800_000 },
      async (seed) => {
        const { bugs, exits } = await mutate(folder(), seed, each);
        expect(bugs.slice(0, 5)).toEqual([]);
        // What nobody reads would be no test: inputs are judged in every way.
        for (const exit of [0, 1, 2]) expect(exits.get(exit) ?? 0).toBeGreaterThan(each / 100);
      },
    );
  });
}
