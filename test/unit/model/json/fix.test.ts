import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { fixJson } from '../../../../src/model/json/fix.ts';

test.each([
  ['{"a": 1}', '{"a": 1}', []],
  ['\ufeff{}', ' {}', ['byte-order-mark']],
  ['{} // x', '{}     ', ['comment']],
  ['{/* a\n b */}', '{    \n     }', ['comment']],
  ['# x\n{}', '   \n{}', ['comment']],
  ['[1,]', '[1 ]', ['trailing-comma']],
  [
    '{"a": [1, // x\n ], }',
    '{"a": [1      \n ]  }',
    ['trailing-comma', 'comment', 'trailing-comma'],
  ],
  ['{"a": "// no, ]"}', '{"a": "// no, ]"}', []],
  ['{"a": "\\"// no"}', '{"a": "\\"// no"}', []],
  ['[1, 2]', '[1, 2]', []],
])('%j', (text, fixed, kinds) => {
  const result = fixJson(text);
  expect([result.text, result.flaws.map(({ kind }) => kind)]).toEqual([fixed, kinds]);
});

it('leaves JSON as it is', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(fixJson(text)).toEqual({ text, flaws: [] });
    }),
  );
});

it('keeps every place, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const fixed = fixJson(text);
      expect(fixed.text).toHaveLength(text.length);
      expect(fixed.text.split('\n')).toHaveLength(text.split('\n').length);
    }),
  );
});

it('ends with long texts of half-open things', () => {
  for (const piece of ['/* ', ',', ', /* ', '"', '"\\', '# ', '\n,']) {
    const text = piece.repeat(300_000);
    expect(fixJson(text).text).toHaveLength(text.length);
  }
});
