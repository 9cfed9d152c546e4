import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  byteText,
  escapedByte,
  hasOtherBytes,
  pathOf,
  sortedByBytes,
  textBytes,
} from '../../../src/model/byte-text.ts';
import { goQuote } from '../../../src/model/json/go-error.ts';

test.each([
  ['', '""'],
  ['61c3a4', '"aä"'],
  ['c4a3d0cd', '"ģ\\xd0\\xcd"'],
  ['eda080', '"\\xed\\xa0\\x80"'],
  ['f09f9880', '"😀"'],
  ['f09f98', '"\\xf0\\x9f\\x98"'],
  ['c080ff', '"\\xc0\\x80\\xff"'],
  ['efbbbf61', '"\\ufeffa"'],
])('the bytes %s, as Go quotes them', (hex, quoted) => {
  expect(goQuote(byteText(Buffer.from(hex, 'hex')))).toBe(quoted);
});

test('any bytes come back, and no two are the same text', () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 6 }),
    fc.string({ unit: 'binary', maxLength: 4 }).map((text) => Buffer.from(text)),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const bytes = Buffer.concat(pieces);
      expect(textBytes(byteText(bytes))).toEqual(bytes);
    }),
    { numRuns: 2000, seed: 20261130 },
  );
});

test.each([
  ['f09f9280', false],
  ['61ff', true],
  ['f09f928080', true],
])('the bytes %s hold others than UTF-8: %s', (hex, holds) => {
  expect(hasOtherBytes(byteText(Buffer.from(hex, 'hex')))).toBe(holds);
});

test('a path is a text where that is enough', () => {
  expect(pathOf('a/ä😀')).toBe('a/ä😀');
  expect(pathOf(`a/${byteText(Buffer.of(0xe4))}`)).toEqual(Buffer.from('612fe4', 'hex'));
  expect(escapedByte('a')).toBeNull();
});

test('is that of the bytes in UTF-8, also where UTF-16 has another', () => {
  const names = ['\u{1f600}', '\uffee', 'é', 'z', 'a/', 'a', 'a.b', ''];
  expect(sortedByBytes(names, (name) => name)).toEqual([
    '',
    'a',
    'a.b',
    'a/',
    'z',
    'é',
    '\uffee',
    '\u{1f600}',
  ]);
  const text = fc.string({
    unit: fc.constantFrom('a', '/', '.', 'é', '模', '\uffee', '\u{1f600}'),
  });
  fc.assert(
    fc.property(fc.array(text), (items) => {
      const byBuffers = [...items].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(sortedByBytes(items, (item) => item)).toEqual(byBuffers);
    }),
  );
});

test('asks for each name once and keeps the order of equal ones', () => {
  const items = [{ name: 'b' }, { name: 'a', first: true }, { name: 'a' }];
  let asked = 0;
  const sorted = sortedByBytes(items, ({ name }) => {
    asked += 1;
    return name;
  });
  expect(sorted).toEqual([{ name: 'a', first: true }, { name: 'a' }, { name: 'b' }]);
  expect(asked).toBe(3);
});
