import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  differenceOf,
  errorDifference,
  matches,
} from '../../../../src/testing/expect/difference.ts';
import { showPattern } from '../../../../src/testing/expect/show.ts';
import { mapTexts } from '../../../../src/testing/run/placeholders.ts';
import { patternOf } from './pattern-of.ts';

describe('what holds', () => {
  test.each<[unknown, unknown]>([
    [1, 1],
    [0, -0],
    ['a', 'a'],
    [null, null],
    [{}, { a: 1 }],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: { b: [1] } }, { a: { b: [1], c: 1 } }],
    [{ $type: 'integer' }, 3],
    [{ $type: 'number' }, 3.5],
    [{ $type: ['string', 'null'] }, null],
    [{ $type: 'array' }, []],
    [{ $type: 'object' }, {}],
    [{ $min: 1, $max: 3 }, 3],
    [{ $near: 20, $by: 0.5 }, 19.5],
    [{ $near: 0.1, $by: 0.2 }, 0.3],
    [{ $matches: '^o.*h$' }, 'olleh'],
    [{ $length: 3 }, 'abc'],
    [{ $length: 1 }, '😀'],
    [{ $length: { $min: 2 } }, [1, 2]],
    [{ $length: 0 }, {}],
    [{ $any: true }, null],
    [{ a: { $any: false } }, {}],
    [{ $not: 1 }, 2],
    [{ $not: { a: 1 } }, { a: 2 }],
    [{ $exactly: { a: 1 } }, { a: 1 }],
    [{ $exactly: { a: { $min: 1 } } }, { a: 2 }],
    [{ '': 1 }, { '': 1 }],
  ])('%j: %j', (expected, value) => {
    expect(differenceOf(patternOf(expected), value, 'result')).toBeNull();
  });
});

describe('the first place that is different', () => {
  test.each<[unknown, unknown, string, string, string]>([
    [1, 2, 'result', '1', '2'],
    [1, '1', 'result', '1', '"1"'],
    ['a', null, 'result', '"a"', 'null'],
    [{ a: 1 }, { a: 2 }, 'result.a', '1', '2'],
    [{ a: 1 }, {}, 'result.a', '1', 'nothing'],
    [{ a: 1 }, [1], 'result', '{"a":1}', '[1]'],
    [{ 'a b': 1 }, { 'a b': 2 }, 'result["a b"]', '1', '2'],
    [[1, 2], [1, 3], 'result[1]', '2', '3'],
    [[1, 2], [1], 'result[1]', '2', 'nothing: a list of 1'],
    [[1], [1, 2], 'result[1]', 'nothing: a list of 1', '2'],
    [[], [0], 'result[0]', 'nothing: an empty list', '0'],
    [[{ a: [{ b: 1 }] }], [{ a: [{ b: 2 }] }], 'result[0].a[0].b', '1', '2'],
    [{ $exactly: { a: 1 } }, { a: 1, b: 2 }, 'result.b', 'no such key', '2'],
    [{ $exactly: { a: { b: 1 } } }, { a: { b: 1, c: 2 } }, 'result.a.c', 'no such key', '2'],
    [{ $type: 'integer', $min: 1, $max: 5 }, 7, 'result', 'an integer from 1 up to 5', '7'],
    [{ $min: 1 }, '1', 'result', 'a number from 1', '"1"'],
    [{ $near: 20, $by: 0.5 }, 19, 'result', 'a number within 0.5 of 20', '19'],
    [{ $matches: '^a' }, 'b', 'result', 'a string that matches /^a/u', '"b"'],
    [{ $length: 2 }, 'abc', 'result', 'something with a length of 2', '"abc"'],
    [{ $length: 0 }, 5, 'result', 'something with a length of 0', '5'],
    [{ a: { $any: false } }, { a: 1 }, 'result.a', 'no such key', '1'],
    [{ a: { $any: true } }, {}, 'result.a', 'anything', 'nothing'],
    [{ a: { $not: 1 } }, {}, 'result.a', 'anything but 1', 'nothing'],
    [{ $not: { $type: 'null' } }, null, 'result', 'anything but null', 'null'],
    [{ $type: ['string', 'null'] }, 1, 'result', 'a string or null', '1'],
  ])('%j: %j', (expected, value, path, shown, received) => {
    expect(differenceOf(patternOf(expected), value, 'result')).toEqual({
      path,
      expected: shown,
      received,
    });
  });

  it('cuts long texts to where they begin to differ', () => {
    const long = 'x'.repeat(500);
    const found = differenceOf(patternOf(`${long}a${long}`), `${long}b${long}`, 'text');
    expect(found?.expected).toBe(`…"${'x'.repeat(30)}a${'x'.repeat(169)}"… (1001 characters)`);
    expect(found?.received).toBe(`…"${'x'.repeat(30)}b${'x'.repeat(169)}"… (1001 characters)`);
  });

  it('cuts long values', () => {
    expect(differenceOf(patternOf(1), 'y'.repeat(1000))?.received).toMatch(
      /^"y{399}… \(1002 characters\)$/,
    );
  });
});

test.each<[unknown, string, string | null]>([
  [true, 'whatever', null],
  ['text', 'not a text at all', null],
  ['boom', 'bang', 'an error with "boom"'],
  [{ $matches: '^ba' }, 'bang', null],
  [{ $matches: '^bo' }, 'bang', 'a string that matches /^bo/u'],
])('the error %j: %s', (expected, text, shown) => {
  const expectation =
    expected === true
      ? ({ is: 'any' } as const)
      : typeof expected === 'string'
        ? ({ is: 'contains', text: expected } as const)
        : ({ is: 'pattern', pattern: patternOf(expected) } as const);
  expect(errorDifference(expectation, text)?.expected ?? null).toBe(shown);
});

describe('for any value', () => {
  /** `__proto__` is a key like any other in JSON, and none in a literal. */
  const value = fc.jsonValue({ maxDepth: 4 });
  const isPlain = (one: unknown) => !JSON.stringify(one).includes('"$');

  it('it holds for itself, also exactly, and is shown', () => {
    fc.assert(
      fc.property(value.filter(isPlain), (one) => {
        const same: unknown = JSON.parse(JSON.stringify(one));
        expect(differenceOf(patternOf(one), same)).toBeNull();
        expect(showPattern(patternOf(one))).not.toBe('');
        if (typeof one === 'object' && one !== null)
          expect(matches(patternOf({ $exactly: one }), same)).toBe(true);
      }),
    );
  });

  it('of two values that hold for each other exactly neither has more', () => {
    fc.assert(
      fc.property(value.filter(isPlain), value.filter(isPlain), (a, b) => {
        const [left, right]: unknown[] = [
          JSON.parse(JSON.stringify(a)),
          JSON.parse(JSON.stringify(b)),
        ];
        const both = matches(patternOf(a), right) && matches(patternOf(b), left);
        if (both) expect(right).toEqual(left);
      }),
    );
  });

  it('a key more is no difference, unless the object is to be exact', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), fc.string(), (object, key) => {
        fc.pre(!(key in object) && key !== '__proto__' && isPlain(object));
        const more = { ...object, [key]: 1 };
        expect(matches(patternOf(object), more)).toBe(true);
        expect(matches(patternOf({ $exactly: object }), more)).toBe(false);
      }),
    );
  });

  it('$not is the opposite', () => {
    fc.assert(
      fc.property(value.filter(isPlain), value, (a, b) => {
        expect(matches(patternOf({ $not: a }), b)).toBe(!matches(patternOf(a), b));
      }),
    );
  });
});

it('placeholders are put into expected texts, not into keys and expressions', () => {
  const pattern = patternOf({ '{dir}': ['{dir}', { $not: '{dir}' }, { $matches: 'a{1}' }, 1] });
  const filled = mapTexts(pattern, (text) => text.replace('{dir}', '/tmp/x'));
  expect(matches(filled, { '{dir}': ['/tmp/x', '{dir}', 'a', 1] })).toBe(true);
});
