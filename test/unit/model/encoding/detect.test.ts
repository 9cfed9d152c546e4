import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { detect } from '../../../../src/model/encoding/detect.ts';
import { decodeAs, ENCODINGS, type Encoding } from '../../../../src/model/encoding/encodings.ts';
import { encodeIn } from '../../../fixtures/encode.ts';
import { FOREIGN_WORDS } from '../../../fixtures/foreign-words.ts';

const CASES = FOREIGN_WORDS.flatMap(([labels, text]) =>
  labels.map((label) => {
    const words = text.split(' ').filter((word) => /[^\0-\x7f]/.test(word));
    return { label, start: words.slice(0, 3).join(' '), words };
  }),
);

/** Of single words how many are told for sure: a single accented letter, or two characters, may be anything. */
const SURE: ReadonlyMap<string, number> = new Map([
  ['windows-1252', 0.6],
  ['cp437', 0.8],
  ['cp850', 0.5],
  ['windows-1250', 0.25],
  ['cp852', 0.3],
  ['iso-8859-2', 0.4],
  ['windows-1251', 0.8],
  ['ibm866', 0.9],
  ['koi8-r', 0.6],
  ['gbk', 0.7],
  ['big5', 0.8],
  ['shift_jis', 0.95],
  ['euc-jp', 0.5],
  ['euc-kr', 0.75],
]);

function bytesOf(label: string, word: string): Buffer {
  const bytes = encodeIn(label, word);
  if (bytes === null) throw new Error(`${word} cannot be written in ${label}`);
  return bytes;
}

function judged(label: string, words: readonly string[]) {
  const samples = words.map((word) => bytesOf(label, word));
  const { sure, likely } = detect(samples);
  const isRight = (one: Encoding): boolean =>
    samples.every((bytes, at) => decodeAs(one.label, bytes) === words[at]);
  return { isSure: sure !== null, isShown: likely.some(isRight), count: likely.length };
}

describe.each(CASES)('$label: $start …', ({ label, words }) => {
  it.each(words)('%s is read right, or is among what is shown', (word) => {
    expect(judged(label, [word])).toMatchObject({ isShown: true });
  });

  it('is mostly sure of single words', () => {
    const sure = words.filter((word) => judged(label, [word]).isSure);
    expect(sure.length / words.length).toBeGreaterThanOrEqual(SURE.get(label) ?? 1);
  });

  it('is sure of all of them together', () => {
    expect(judged(label, words)).toEqual({ isSure: true, isShown: true, count: 1 });
  });
});

test('there are at least 40 words for each', () => {
  for (const { label, words } of CASES) {
    expect([label, words.length >= 40]).toEqual([label, true]);
  }
});

/** Bytes as other programs wrote them. */
test.each([
  ['4772f6df652e747874', 'Windows-1252', 'Größe.txt'],
  ['4772 94e1 652e747874', 'cp437', 'Größe.txt'],
  ['63616682 2e747874', 'cp437', 'café.txt'],
  ['ec ee e4 e5 eb fc', 'Windows-1251', 'модель'],
  ['ac aea4a5abec', 'cp866', 'модель'],
  ['b8f0b5a8', 'EUC-KR', '모델'],
  ['bcd2abac', 'Big5', '模型'],
  ['c4a3d0cd', 'GBK', '模型'],
  ['83828366838b', 'Shift-JIS', 'モデル'],
  ['c4acc8cf', 'GBK', '默认'],
])('%s is %s: %s', (hex, name, text) => {
  const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
  const { sure } = detect([bytes]);
  expect([sure?.name, sure && decodeAs(sure.label, bytes)]).toEqual([name, text]);
});

test.each([
  ['lines of DOS', 'cp437', '╔══════╗'],
  ['a tree', 'cp437', '├──lib'],
])('%s are among what is shown', (_title, label, name) => {
  expect(judged(label, [name])).toMatchObject({ isShown: true });
});

test('a word that is there a hundred times shows no more than once', () => {
  const once = Buffer.from('b7c1b0ad', 'hex'); // 妨碍 in GBK, 려강 in EUC-KR
  const often = Array.from({ length: 100 }, (_, at) =>
    Buffer.concat([once, Buffer.from(`.${at}`)]),
  );
  expect(detect([once]).sure).toBeNull();
  expect(detect(often)).toEqual(detect([once]));
});

test('names are judged together', () => {
  const names = ['妨碍', '温度', '设备'].map((name) => bytesOf('gbk', name));
  expect(detect(names).sure?.name).toBe('GBK');
});

test('noise is nothing for sure', () => {
  const noise = Array.from({ length: 200 }, (_, at) => 0x80 + ((at * 89 + at * at * 31) % 128));
  expect(detect([Uint8Array.from(noise)]).sure).toBeNull();
});

test('never throws, shows at most three readings that differ, and each is what its decoder gives', () => {
  const bytes = fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 4 });
  fc.assert(
    fc.property(bytes, (samples) => {
      const { sure, likely } = detect(samples);
      expect(likely.length).toBeLessThanOrEqual(3);
      if (sure !== null) expect(likely).toEqual([sure]);
      const known = new Set(ENCODINGS);
      expect(likely.every((one) => known.has(one))).toBe(true);
    }),
    { seed: 1309, numRuns: 500 },
  );
});

test('a long word of one kind of letter takes no long time', () => {
  const long = Buffer.alloc(1024 * 1024, 'a');
  expect(detect([long])).toEqual({ sure: null, likely: [] });
  expect(detect([Buffer.concat([long, Buffer.from([0xff])])]).sure).toBeNull();
});
