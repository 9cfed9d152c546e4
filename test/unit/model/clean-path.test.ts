import { posix } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanPath, isTooLongPath } from '../../../src/model/clean-path.ts';

describe('cleanPath', () => {
  it('gives what Node gives', () => {
    const pieces = fc.array(fc.constantFrom('/', '.', '..', '...', 'a', 'b.c', '../', './', 'é'), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(pieces, (parts) => {
        const path = parts.join('');
        expect(cleanPath(path)).toBe(posix.normalize(path));
      }),
      { numRuns: 5000 },
    );
  });

  // Node needs minutes for some of these; the test ends all the same only when the work stays in proportion.
  it.each(['../', 'a/', './', '/', 'a/../', '../a/'])(
    'comes to an end with 1 MB of %s',
    (piece) => {
      expect(cleanPath(piece.repeat(1_000_000 / piece.length)).length).toBeLessThanOrEqual(
        1_000_000,
      );
    },
  );
});

describe('isTooLongPath', () => {
  it.each([
    ['a'.repeat(255), false],
    ['a'.repeat(256), true],
    ['é'.repeat(128), true],
    [`${'a'.repeat(200)}/`.repeat(20), false],
    [`${'a'.repeat(200)}/`.repeat(21), true],
    ['../'.repeat(50_000), true],
  ])('%#', (path, is) => expect(isTooLongPath(path)).toBe(is));
});
