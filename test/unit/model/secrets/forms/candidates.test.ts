import fc from 'fast-check';
import { expect, test } from 'vitest';
import { candidateFinder } from '../../../../../src/model/secrets/forms/candidates.ts';

const BEGINNINGS = ['ghp_', 'kty', 'SG.', 'AKIAB', '\x02\x01\x000', '-----BEGIN', '---- BEGIN '];

test('finds each place where a beginning stands, one of three bytes with more behind it', () => {
  const find = candidateFinder(BEGINNINGS.map((one) => Buffer.from(one, 'latin1')));
  const piece = fc.constantFrom(
    ...BEGINNINGS,
    'g',
    'k',
    'A',
    '_',
    '\0',
    'ty',
    'AKI',
    '-',
    '---',
    'BEGIN',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      const expected = Array.from(text, (_, at) => at).filter((at) =>
        BEGINNINGS.some((one) => text.startsWith(one, at) && at + 4 <= text.length),
      );
      expect(find(Buffer.from(text, 'latin1'))).toEqual(expected);
    }),
    { seed: 13, numRuns: 2000 },
  );
});
