import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clipped,
  foreignWords,
  plainLine,
  plainText,
  printableJson,
  unescapeHtml,
  visibleText,
} from '../../../../src/client/http/foreign-text.ts';
import { hasControlCharacter } from '../control-characters.ts';

describe("a host's text", () => {
  it.each([
    ['colours', '\u001b[31mred\u001b[0m', 'red'],
    ['a title and a bell', '\u001b]0;title\u0007text', 'text'],
    ['cleared screens', 'a\u001b[2J\u001b[Hb', 'ab'],
    ['a bell after a colour takes nothing with it', '\u001b[31merror\u0007s', 'error\\x07s'],
    ['CRLF', 'a\r\nb\rc', 'a\nb\nc'],
    ['C1 controls', 'a\u009b31mb', 'ab'],
    ['text turned around', 'a\u202eb\u2066c', 'a\\u202eb\\u2066c'],
    ['tabs and umlauts stay', 'ä\tö\n', 'ä\tö\n'],
  ])('%s', (_name, text, expected) => {
    expect(plainText(text)).toBe(expected);
  });

  it('never holds a control character afterwards', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(hasControlCharacter(plainText(text))).toBe(false);
        expect(hasControlCharacter(visibleText(text))).toBe(false);
        expect(plainLine(text)).not.toContain('\n');
      }),
    );
  });

  it.each([
    ['\u001b[8mrm -rf /\u001b[0m', '\\x1b[8mrm -rf /\\x1b[0m'],
    ['echo \u202eabc', 'echo \\u202eabc'],
    ['a\r\nb\rc', 'a\nb\\x0dc'],
  ])('shows %j with nothing hidden', (text, expected) => {
    expect(visibleText(text)).toBe(expected);
  });

  it('stands in JSON that can be read back', () => {
    const value = { file: 'a\u009b31m\u202eb\n', list: ['ä'] };
    expect(hasControlCharacter(printableJson(value))).toBe(false);
    expect(JSON.parse(printableJson(value))).toEqual(value);
  });

  it.each([
    ['getaddrinfo ENOTFOUND x', 'getaddrinfo ENOTFOUND x'],
    ['a\u001b[31mb\nc', 'ab c'],
    ['a'.repeat(10_000), `${'a'.repeat(300)}… (10000 characters)`],
  ])('is one short line beside our own words (%#)', (text, words) => {
    expect(foreignWords(text)).toBe(words);
  });

  it('is clipped with the count of what is missing', () => {
    expect(clipped('abcdef', 6)).toBe('abcdef');
    expect(clipped('abcdef', 4)).toBe('abcd… (2 more characters)');
  });
});

describe("Go's HTML escapes", () => {
  it.each([
    ['/x/a&amp;b&#39;c.zip', "/x/a&b'c.zip"],
    ['&lt;a&gt;&#34;', '<a>"'],
    ['&amp;lt;', '&lt;'],
    ['&nbsp;&', '&nbsp;&'],
  ])('%s', (text, expected) => {
    expect(unescapeHtml(text)).toBe(expected);
  });
});
