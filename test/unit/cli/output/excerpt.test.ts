import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { excerptOf } from '../../../../src/cli/output/findings-text.ts';
import { columnsOf, printable } from '../../../../src/cli/output/render.ts';

const drawn = (line: string, column: number, length: number): string => {
  const excerpt = excerptOf(line, column, length);
  return `${excerpt.line}\n${' '.repeat(excerpt.before)}${'^'.repeat(excerpt.under)}`;
};

describe('a line and its caret', () => {
  test.each([
    ['{"a": 1}', 2, 3, '{"a": 1}\n ^^^'],
    ['\t"a": 1', 2, 3, '  "a": 1\n  ^^^'],
    ['{"标签": 1}', 7, 1, '{"标签": 1}\n        ^'],
    ['{"标签": 1}', 2, 4, '{"标签": 1}\n ^^^^^^'],
    ['', 1, 1, '\n^'],
    ['abc', 4, 1, 'abc\n   ^'],
    ['a\u001b[31mb', 1, 1, 'a\\x1b[31mb\n^'],
  ])('%j at %i', (line, column, length, expected) => {
    expect(drawn(line, column, length)).toBe(expected);
  });

  it('cuts long lines around the place', () => {
    const line = `${'a'.repeat(500)}HERE${'b'.repeat(500)}`;
    const excerpt = excerptOf(line, 501, 4);
    expect(excerpt.line).toMatch(/^…a+HEREb+…$/);
    expect(excerpt.line.slice(excerpt.before, excerpt.before + excerpt.under)).toBe('HERE');
  });

  it('underlines inside the line, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.nat(300),
        fc.nat(300),
        (line, at, length) => {
          const column = Math.min(at, line.length) + 1;
          const excerpt = excerptOf(line, column, length + 1);
          expect(excerpt.before).toBeLessThanOrEqual(columnsOf(excerpt.line));
          expect(excerpt.line).not.toMatch(/\p{Cc}/u);
        },
      ),
    );
  });
});

it('shows what would move a terminal instead of obeying it', () => {
  expect(printable('a\u001b]0;x\u0007\u202eb\u0085\ufeff')).toBe(
    'a\\x1b]0;x\\x07\\u202eb\\x85\\ufeff',
  );
  expect(printable('grün 标签 😀')).toBe('grün 标签 😀');
});
