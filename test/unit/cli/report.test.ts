import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonLine, linePieces } from '../../../src/cli/report.ts';

const joined = (pieces: Iterable<string>) => [...pieces].join('');

test('JSON in pieces is JSON', () => {
  const value = fc.anything({ withDate: true, withNullPrototype: true, maxDepth: 5 });
  fc.assert(
    fc.property(value, (data) => {
      // Neither can be written at all.
      fc.pre(data !== undefined && typeof data !== 'symbol');
      expect(joined(jsonLine({ data, rest: [data] }))).toBe(
        `${JSON.stringify({ data, rest: [data] })}\n`,
      );
    }),
    { seed: 20261130, numRuns: 2000 },
  );
});

test('long lists are written in many pieces', () => {
  const entries = Array.from({ length: 5000 }, (_, at) => ({ path: `d/${at}`.padEnd(200, 'n') }));
  const data = {
    ok: true,
    data: { entries, none: undefined, ask: () => 1, sparse: [undefined, ...entries] },
  };
  const pieces = [...jsonLine(data)];
  expect(pieces.length).toBeGreaterThan(5);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(300_000);
  expect(pieces.join('')).toBe(`${JSON.stringify(data)}\n`);
});

test('a text that is made line by line is written in large pieces', () => {
  function* lines() {
    for (let line = 0; line < 20_000; line += 1) yield `${line}`.padEnd(99).concat('\n');
  }
  const pieces = [...linePieces(lines())];
  expect(pieces.length).toBeGreaterThan(5);
  expect(pieces.length).toBeLessThan(20);
  expect(pieces.join('')).toBe([...lines()].join(''));
  expect(joined(linePieces(''))).toBe('');
  expect(joined(linePieces([]))).toBe('');
  expect(joined(linePieces('a'))).toBe('a\n');
  expect(joined(linePieces(['a', 'b']))).toBe('ab\n');
});
