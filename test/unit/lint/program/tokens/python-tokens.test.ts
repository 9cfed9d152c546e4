import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pythonTokens } from '../../../../../src/lint/program/tokens/python-tokens.ts';

const texts = (source: string): string[] => pythonTokens(source).map(({ text }) => text);
const values = (source: string): (string | null)[] =>
  pythonTokens(source)
    .filter(({ type }) => type === 'string')
    .map(({ value }) => value);

test.each([
  ['a = 1  # comment', ['a', '=', '1']],
  ['f("x", b=2)', ['f', '(', '"x"', ',', 'b', '=', '2', ')']],
  ['a\nb', ['a', '\n', 'b']],
  ['(a\nb)', ['(', 'a', 'b', ')']],
  ['a \\\n b', ['a', 'b']],
  ['x == y ** 2', ['x', '==', 'y', '**', '2']],
  ['größe: int', ['größe', ':', 'int']],
  ['\ufeffa', ['a']],
])('%j', (source, expected) => {
  expect(texts(source)).toEqual(expected);
});

test.each([
  [`'a' "b"`, ['a', 'b']],
  ['"""a\n"b" \'c\'"""', ['a\n"b" \'c\'']],
  ["'it\\'s'", ["it's"]],
  ["r'\\d'", ['\\d']],
  ["'\\x41'", [null]],
  ["f'a'", [null]],
  ["b'a'", [null]],
  ['# "no"\n"yes"', ['yes']],
  ['"# no comment"', ['# no comment']],
])('strings of %j', (source, expected) => {
  expect(values(source)).toEqual(expected);
});

test.each(['"open', "'a\nb'", '"""never closed'])('%j tells nothing', (source) => {
  expect(texts(`a = ${source}`)).toEqual([]);
});

test('every token stands where it says', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab1 \n\t\\"\'#()[]{}:=,.f*') }), (source) => {
      for (const { text, start, end } of pythonTokens(source)) {
        expect(source.slice(start, end)).toBe(text);
        expect(end).toBeGreaterThan(start);
      }
    }),
  );
});
