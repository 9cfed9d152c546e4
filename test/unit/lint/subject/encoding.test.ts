import { expect, it, test } from 'vitest';
import { looksLike, saveAsUtf8, wrongEncoding } from '../../../../src/lint/subject/encoding.ts';
import { encodeIn } from '../../../fixtures/encode.ts';
import { FOREIGN_WORDS } from '../../../fixtures/foreign-words.ts';

it('the line that is shown of a text in another encoding has no secrets in it', () => {
  const gbk = Buffer.from('a: 1\npassword: hunter2 # \xc4\xac\xc8\xcf\xc5\xe4\xd6\xc3\n', 'latin1');
  const wide = Buffer.from('password: hunter2\n', 'utf16le');
  for (const bytes of [gbk, wide]) {
    const wrong = wrongEncoding(bytes);
    expect(wrong && looksLike(wrong)).toMatch(/password: \*\*\*$/);
  }
});

const UTF8 = '# 默认配置，请修改\ndefault:\n  url: "主机"\n';
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

test.each<[string, Buffer, string, string]>([
  [
    'a cut character among whole ones',
    Buffer.concat([Buffer.from(UTF8), latin1('  a: "\xe6\x9c"\n')]),
    'characters in line 4 are damaged; all others are UTF-8',
    'Write line 4 anew and save the file as UTF-8; iconv would spoil what is UTF-8 already',
  ],
  [
    'a stray byte in a line of whole characters, and in others',
    Buffer.concat([
      Buffer.from(UTF8.repeat(2)),
      latin1('\xff\n'),
      Buffer.from('配置'),
      latin1('\xff'),
    ]),
    'characters in lines 7 and 8 are damaged; all others are UTF-8',
    'Write lines 7 and 8 anew and save the file as UTF-8; iconv would spoil what is UTF-8 already',
  ],
  [
    'a line that was pasted in from GBK',
    Buffer.concat([Buffer.from(UTF8), latin1('  a: 1 # \xb5\xd8\xd6\xb7\n')]),
    'line 4 is in another encoding than the rest; it is probably GBK: a: 1 # 地址',
    'Write line 4 anew and save the file as UTF-8; iconv would spoil what is UTF-8 already',
  ],
  [
    'a cut character alone, which may be something else',
    latin1('default:\n  a: "\xe6\xa8"\n'),
    'a character in line 2 is truncated, or it may be cp866 (a: "ци")',
    'Write line 2 anew and save the file as UTF-8',
  ],
])('%s', (_, bytes, message, hint) => {
  const wrong = wrongEncoding(bytes);
  expect(wrong && [looksLike(wrong), saveAsUtf8(wrong, 'a.yaml')]).toEqual([message, hint]);
});

const CASES = FOREIGN_WORDS.flatMap(([labels, text]) =>
  labels.map((label): [string, string] => [label, text]),
);

test.each(CASES)('no text in %s is taken for damaged UTF-8', (label, text) => {
  const words = text.split(' ');
  // As long as a label is, and as long as a file.
  for (let at = 0; at < words.length; at += 1) {
    for (const part of [words.slice(at, at + 3), words.slice(at)]) {
      const bytes = encodeIn(label, part.join(' '));
      const wrong = bytes && wrongEncoding(bytes);
      expect(wrong?.damage?.isOpen ?? true, part.join(' ')).toBe(true);
    }
  }
});
