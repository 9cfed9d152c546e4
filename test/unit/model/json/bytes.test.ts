import { expect, test } from 'vitest';
import { decodeUtf8, parseGoJsonBytes } from '../../../../src/model/json/bytes.ts';

test.each<[string, number[], string]>([
  ['plain text', [0x7b, 0x7d], '{}'],
  ['a byte-order mark stays', [0xef, 0xbb, 0xbf, 0x7b], '\ufeff{'],
  ['broken bytes become U+FFFD', [0x22, 0xff, 0x22], '"\ufffd"'],
  ['Chinese', [...Buffer.from('标签')], '标签'],
])('%s', (_title, bytes, text) => {
  expect(decodeUtf8(new Uint8Array(bytes))).toBe(text);
});

test('a part of a larger buffer', () => {
  expect(decodeUtf8(new Uint8Array([0x61, 0x62, 0x63, 0x64]).subarray(1, 3))).toBe('bc');
});

test.each<[string, number[], string]>([
  [
    'UTF-16, little end first',
    [0xff, 0xfe, 0x7b, 0, 0x7d, 0],
    "invalid character 'ÿ' looking for beginning of value",
  ],
  [
    'UTF-16, big end first',
    [0xfe, 0xff, 0, 0x7b, 0, 0x7d],
    "invalid character 'þ' looking for beginning of value",
  ],
  [
    'a byte-order mark',
    [0xef, 0xbb, 0xbf, 0x7b, 0x7d],
    "invalid character 'ï' looking for beginning of value",
  ],
])('%s is refused in the words of Go', (_title, bytes, message) => {
  const { text, json } = parseGoJsonBytes(new Uint8Array(bytes));
  expect(json).toMatchObject({ ok: false, message });
  expect(text.replace('\ufeff', '')).toBe('{}');
});

test('broken UTF-8 inside a string is accepted', () => {
  expect(parseGoJsonBytes(new Uint8Array([0x22, 0xff, 0x22])).json.ok).toBe(true);
});
