import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteLists } from '../../../../../src/model/secrets/forms/byte-lists.ts';

const lists = (text: string): number[][] =>
  Array.from(byteLists(Buffer.from(text)), ({ bytes }) => [...bytes]);
const FORTY = Array.from({ length: 40 }, (_, index) => (index * 37) % 256);

describe('lists of bytes', () => {
  it.each([
    ['numbers', FORTY.join(',')],
    ['numbers in lines', FORTY.join(',\n    ')],
    ['behind a number that is none', `300, ${FORTY.join(', ')}`],
    ['behind a fraction', `0.5, ${FORTY.join(', ')}`],
    ['behind a word', `key2 = [${FORTY.join(', ')}]`],
    ['in front of a fraction', `${FORTY.join(', ')}, x`],
    ['signed', FORTY.map((byte) => (byte > 127 ? byte - 256 : byte)).join(', ')],
    ['a list of YAML', FORTY.map((byte) => `- ${byte}\n`).join('')],
    ['casts', FORTY.map((byte) => `(byte)0x${byte.toString(16)}`).join(',')],
  ])('%s', (_name, text) => {
    expect(lists(text)).toEqual([FORTY]);
  });

  it.each([
    ['too few', FORTY.slice(1).join(',')],
    ['larger numbers', FORTY.map((byte) => byte + 256).join(',')],
    ['fractions', FORTY.map((byte) => `${byte}.5`).join(',')],
    ['digits of names', FORTY.map((byte) => `a${byte}`).join(',')],
    ['other words between', FORTY.join(', x')],
  ])('are not %s', (_name, text) => {
    expect(lists(text)).toEqual([]);
  });

  it('two', () => {
    const list = FORTY.join(',');
    expect(lists(`[${list}]\n[${list}]`)).toEqual([FORTY, FORTY]);
  });

  it('of any bytes come back', () => {
    const bytes = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 40, maxLength: 200 });
    const spelled = fc.constantFrom(
      String,
      (byte: number) => `0x${byte.toString(16)}`,
      (byte: number) => `(byte) ${byte}`,
    );
    fc.assert(
      fc.property(bytes, spelled, fc.constantFrom(',', ', ', ',\n  ', ' '), (all, one, between) => {
        expect(lists(`x = [${all.map((byte) => one(byte)).join(between)}]`)).toEqual([all]);
      }),
      { seed: 13, numRuns: 200 },
    );
  });

  // A search that looks twice at what it has seen would need minutes.
  it.each(['1, ', '-', '- ', '(byte)', '1(byte)', '1u8', '0x', '999 ', '1 x'])(
    'of nothing but %j are read once',
    { timeout: 180_000 },
    (piece) => {
      expect(lists(piece.repeat(2 ** 20 / piece.length)).length).toBeLessThan(2);
    },
  );
});
