import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sortedByBytes } from '../../../src/model/byte-text.ts';

it('is that of the bytes in UTF-8, also where UTF-16 has another', () => {
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

it('asks for each name once and keeps the order of equal ones', () => {
  const items = [{ name: 'b' }, { name: 'a', first: true }, { name: 'a' }];
  let asked = 0;
  const sorted = sortedByBytes(items, ({ name }) => {
    asked += 1;
    return name;
  });
  expect(sorted).toEqual([{ name: 'a', first: true }, { name: 'a' }, { name: 'b' }]);
  expect(asked).toBe(3);
});
