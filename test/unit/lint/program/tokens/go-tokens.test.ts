import fc from 'fast-check';
import { expect, test } from 'vitest';
import { goTokens } from '../../../../../src/lint/program/tokens/go-tokens.ts';

test.each([
  ['a := 1 // c', ['a', ':=', '1']],
  ['/* "x" */ b', ['b']],
  ['map[string]int{"a": 1}', ['map', '[', 'string', ']', 'int', '{', '"a"', ':', '1', '}']],
  ["'\"' x", ["'\"'", 'x']],
  ['"// no comment"', ['"// no comment"']],
  ['`a\n"b"`', ['`a\n"b"`']],
  ['`never closed', []],
  ['/* never closed', []],
])('%j', (source, expected) => {
  expect(goTokens(source).map(({ text }) => text)).toEqual(expected);
});

test.each([
  ['"a\\"b\\\\c"', 'a"b\\c'],
  ['`\\d`', '\\d'],
  ['"\\u0041"', null],
])('the value of %s', (source, value) => {
  expect(goTokens(source)[0]?.value).toBe(value);
});

test('every token stands where it says', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab1 \n\\"\'`/*(){}:=,.') }), (source) => {
      for (const { text, start, end } of goTokens(source)) {
        expect(source.slice(start, end)).toBe(text);
        expect(end).toBeGreaterThan(start);
      }
    }),
  );
});
