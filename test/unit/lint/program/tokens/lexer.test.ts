// biome-ignore-all lint/suspicious/noTemplateCurlyInString: TypeScript in texts
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Language, piecesOf } from '../../../../../src/lint/program/tokens/lexer.ts';
import { tokensOf } from '../../../../../src/lint/program/tokens/token.ts';

const LANGUAGES: readonly Language[] = ['go', 'python', 'typescript'];

/** Where strings, comments and code in strings begin, end and do not end. */
const HOSTILE = fc.constantFrom(
  ...[
    '"',
    "'",
    '`',
    '"""',
    "'''",
    '\\',
    '\n',
    '\r\n',
    '\ufeff',
    '\ud800',
    '😀',
    '#',
    '#!',
    '//',
    '/*',
  ],
  ...[
    '*/',
    '/',
    '[',
    ']',
    '(',
    ')',
    '{',
    '}',
    '{{',
    '}}',
    '${',
    'f"',
    "rf'",
    'b"',
    ':',
    '!',
    '++',
    'a',
  ],
  ...['0x1', 'return ', ' ', '=', '...'],
);
const SOURCE = fc
  .array(fc.oneof({ weight: 9, arbitrary: HOSTILE }, fc.string({ unit: 'binary' })), {
    maxLength: 60,
  })
  .map((pieces) => pieces.join(''));

describe.each(LANGUAGES)('whatever the text, in %s', (language) => {
  it('its pieces cover it in order, and what they hold lies in them', () => {
    fc.assert(
      fc.property(SOURCE, (source) => {
        let at = 0;
        for (const { start, end, holes } of piecesOf(source, language)) {
          expect(start).toBe(at);
          expect(end).toBeGreaterThan(start);
          let inside = start;
          for (const hole of holes) {
            expect(hole.start).toBeGreaterThan(inside);
            expect(hole.end).toBeGreaterThanOrEqual(hole.start);
            inside = hole.end;
          }
          expect(end).toBeGreaterThan(inside);
          at = end;
        }
        expect(at).toBe(source.length);
      }),
      { numRuns: 2000, seed: 14 },
    );
  });

  it('every token stands where it says', () => {
    fc.assert(
      fc.property(SOURCE, (source) => {
        for (const { text, start, end } of tokensOf(language, source)) {
          expect(source.slice(start, end)).toBe(text);
        }
      }),
      { numRuns: 500, seed: 14 },
    );
  });

  // A lexer that looks at the rest of the text from each of its places would need minutes, not a moment.
  it.each(['f"{(\n', "f'{a:{", '`${', '`${/', '/[', '\\"', "'", '"""', '/*/', '`${`${}', '= /'])(
    'a hundred thousand characters of %j are split',
    { timeout: 180_000 },
    (piece) => {
      const source = piece.repeat(100_000 / piece.length);
      let end = 0;
      for (const one of piecesOf(source, language)) end = one.end;
      expect(end).toBe(source.length);
    },
  );
});
