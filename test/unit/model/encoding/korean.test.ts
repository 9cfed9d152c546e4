import { expect, it } from 'vitest';
import { decodeAs } from '../../../../src/model/encoding/encodings.ts';
import { encodeIn } from '../../../fixtures/encode.ts';

it.each([
  ['8141', '갂'],
  ['94ee', '뷁'],
  ['a141', '좥'],
  ['c652', '힣'],
  ['b0a1', '가'],
  ['a2e6', '€'],
  ['6194eeb0a162', 'a뷁가b'],
  ['8100', null],
  ['81', null],
  ['c653', null],
  ['b0', null],
])('%s is %s in the code page of Korean Windows', (hex, text) => {
  expect(decodeAs('euc-kr', Buffer.from(hex, 'hex'))).toBe(text);
});

it('has each syllable once', () => {
  const syllables = Array.from({ length: 0xd7a4 - 0xac00 }, (_, at) =>
    String.fromCharCode(0xac00 + at),
  );
  const bytes = syllables.map((one) => encodeIn('euc-kr', one)?.toString('hex'));
  expect(new Set(bytes).size).toBe(11_172);
  expect(bytes).not.toContain(undefined);
});
