import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { masking, plainText } from '../../../../src/client/http/foreign-text.ts';

const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJlZGdlMS5wdWIifQ.c2lnbmF0dXJlLW9mLXRlbg';

function mask(text: string): string {
  const own = masking();
  own.hide(TOKEN);
  return own.mask(text);
}

describe('the token in what a host says', () => {
  it.each([
    ['as it is', `no: ${TOKEN}!`, 'no: [token]!'],
    ['twice', `${TOKEN} ${TOKEN}`, '[token] [token]'],
    ['its payload alone', 'eyJpc3MiOiJlZGdlMS5wdWIifQ', '[token]'],
    ['nothing of it', '{"error":1000}', '{"error":1000}'],
    ['the header, which everybody has', 'eyJhbGciOiJSUzI1NiJ9', 'eyJhbGciOiJSUzI1NiJ9'],
  ])('%s', (_name, text, expected) => {
    expect(mask(text)).toBe(expected);
  });

  it('is hidden wherever escapes cut it in two, in text and in JSON', () => {
    const cut = fc.constantFrom('\u001b[0m', '\u0000', '\u200e', '\u0007', '\u001b]0;x\u0007');
    fc.assert(
      fc.property(fc.nat(TOKEN.length), cut, (at, junk) => {
        const text = `no: ${TOKEN.slice(0, at)}${junk}${TOKEN.slice(at)}`;
        expect(plainText(mask(text))).not.toContain(TOKEN);
        const json = mask(JSON.stringify({ message: text }));
        const read: unknown =
          json.startsWith('{') && !json.includes('[token]') ? JSON.parse(json) : json;
        expect(plainText(JSON.stringify(read))).not.toContain(TOKEN);
        expect(plainText(json)).not.toContain(TOKEN);
      }),
    );
  });
});
