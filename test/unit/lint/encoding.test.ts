import { expect, it } from 'vitest';
import { looksLike, wrongEncoding } from '../../../src/lint/encoding.ts';

it('the line that is shown of a text in another encoding has no secrets in it', () => {
  const gbk = Buffer.from('a: 1\npassword: hunter2 # \xc4\xac\xc8\xcf\xc5\xe4\xd6\xc3\n', 'latin1');
  const wide = Buffer.from('password: hunter2\n', 'utf16le');
  for (const bytes of [gbk, wide]) {
    const wrong = wrongEncoding(bytes);
    expect(wrong && looksLike(wrong)).toMatch(/password: \*\*\*$/);
  }
});
