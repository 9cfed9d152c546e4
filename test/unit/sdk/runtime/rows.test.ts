import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowText } from '../../../../src/sdk/runtime/rows.ts';

const long = (text: string) => `${'ab'.repeat(1_500)}${text}${'é'.repeat(100)}`;
const text = fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', '\0', '€', '\ud800', '😀') });

test('a row is the JSON that JSON.stringify makes, however long its texts', () => {
  const value = fc.oneof(
    text,
    text.map(long),
    fc.jsonValue(),
    fc.constantFrom(undefined, new Date(0), () => 1, Number.NaN, { toJSON: (key: string) => key }),
  );
  const key = fc.oneof(text, fc.constantFrom('__proto__', '1', 'toString'));
  fc.assert(
    fc.property(fc.dictionary(key, value, { noNullPrototype: true }), (row) => {
      expect(rowText(row, null)).toBe(`{"message":${JSON.stringify(row)},"meta":null}`);
    }),
  );
});

test.each([
  [{ text: long(''), toJSON: () => ({ own: 1 }) }, '{"own":1}'],
  [Object.assign(Object.create({ toJSON: () => ({ own: 2 }) }), { text: long('') }), '{"own":2}'],
  [{ text: long(''), gone: undefined }, `{"text":"${long('')}"}`],
  [{ text: long('\u007f\u2028') }, `{"text":"${long('\u007f\u2028')}"}`],
])('a row with a long text: %#', (row: object, expected) => {
  expect(rowText(row, null)).toBe(`{"message":${expected},"meta":null}`);
});
