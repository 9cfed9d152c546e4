import { describe, expect, it } from 'vitest';
import { pythonImports } from '../../../../src/lint/program/python-imports.ts';
import { TOO_MANY_TOKENS, tokensOf } from '../../../../src/lint/program/tokens/token.ts';
import { sourceText } from '../../../../src/model/source-text.ts';
import { TEXT_LIMITS } from '../../../../src/model/text-limits.ts';

const MOST = TEXT_LIMITS.programTokens;

describe.each(['python', 'go', 'typescript'] as const)('%s', (language) => {
  it.each(['a.', '"" '])('of %j is read to the limit', (piece) => {
    const each = tokensOf(language, piece).length;
    const most = Math.floor(MOST / each);
    expect(tokensOf(language, piece.repeat(most))).toHaveLength(most * each);
    expect(tokensOf(language, piece.repeat(most + 1))).toBe(TOO_MANY_TOKENS);
  });
});

const importsOf = (text: string): string[] => {
  const file = { path: 'main.py', source: sourceText(text), bytes: new Uint8Array() };
  return pythonImports(file, '.').map(({ name, isGuarded }) => `${name}${isGuarded ? '?' : ''}`);
};

describe('an import', () => {
  it.each([
    [`import a${', a'.repeat(100_000)}`, ['a']],
    [`from a import (${'b,'.repeat(100_000)})`, ['a', 'a.b']],
    ['import a.b, a.b.c\nfrom a.b import c', ['a', 'a.b', 'a.b.c', 'a.b.c']],
    ['try:\n  import a\nexcept E:\n  pass\nimport a, a', ['a?', 'a']],
    ['def f():\n  """\ntry:\n  """\n  import a', ['a']],
    ['if typing.TYPE_CHECKING: import a\nwith contextlib.suppress(E):\n  import b', ['a?', 'b?']],
  ])('is there once, however often it is written (%#)', (source, expected) => {
    expect(importsOf(source)).toEqual(expected);
  });
});
