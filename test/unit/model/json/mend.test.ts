import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { mendJson } from '../../../../src/model/json/mend.ts';

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
])('%j', (text, mended, kinds) => {
  const result = mendJson(text);
  expect([result.text, result.slips.map(({ kind }) => kind)]).toEqual([mended, kinds]);
});

it('leaves JSON as it is', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(mendJson(text)).toEqual({ text, slips: [] });
    }),
  );
});

it('keeps every place, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const mended = mendJson(text);
      expect(mended.text).toHaveLength(text.length);
      expect(mended.text.split('\n')).toHaveLength(text.split('\n').length);
    }),
  );
});

it('ends with long texts of half-open things', () => {
  for (const piece of ['/* ', ',', ', /* ', '"', '"\\', '# ', '\n,']) {
    const text = piece.repeat(300_000);
    expect(mendJson(text).text).toHaveLength(text.length);
  }
});
