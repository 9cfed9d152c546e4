import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { sourceText } from '../../../src/model/source-text.ts';

test.each([
  ['a\nb', ['a', 'b']],
  ['a\r\nb\r\n', ['a', 'b', '']],
  ['a\rb', ['a', 'b']],
  ['\n\n', ['', '', '']],
  ['', ['']],
])('%j has the lines of an editor', (text, lines) => {
  const source = sourceText(text);
  expect(lines.map((_, index) => source.line(index + 1))).toEqual(lines);
  expect(source.line(lines.length + 1)).toBe('');
  expect(source.line(0)).toBe('');
});

it('finds every place again', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r', '\r\n') });
  fc.assert(
    fc.property(text, fc.nat(), (content, at) => {
      const offset = content.length === 0 ? 0 : at % content.length;
      const source = sourceText(content);
      const { line, column } = source.positionAt(offset);
      const char = content[offset];
      const isEnd = char === undefined || char === '\n' || char === '\r';
      expect(source.line(line)[column - 1]).toBe(isEnd ? undefined : char);
    }),
  );
});

it('many places in one long line cost no time each', () => {
  const source = sourceText(`${'x'.repeat(4_000_000)}\n`);
  for (let at = 0; at < 200_000; at += 1) expect(source.line(1).length).toBe(4_000_000);
});
