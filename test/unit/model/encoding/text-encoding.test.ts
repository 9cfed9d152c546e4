import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { decodeAs, ENCODINGS } from '../../../../src/model/encoding/encodings.ts';
import { likelyEncoding } from '../../../../src/model/encoding/text-encoding.ts';

/** Written by encoders of these names; the text behind each. */
test.each([
  ['GBK', 'c9e8b1b8c5e4d6c3a3babacfb7a8b5c4d6b5', '设备配置：合法的值'],
  ['GBK', 'cec2b6c8', '温度'],
  ['GBK', 'c4acc8cf', '默认'],
  ['Shift-JIS', '83 5a 83 93 83 54 81 5b 82 cc 90 dd 92 e8', 'センサーの設定'],
  ['Shift-JIS', '23 20 83 65 83 58 83 67', '# テスト'],
  ['EUC-JP', 'a5bba5f3a5b5a1bca4cec0dfc4ea', 'センサーの設定'],
  ['Big5', 'b7c5abd7b7a7b4fabeb9aa bab3 5d a9 77', '溫度概測器的設定'],
  ['EUC-KR', 'bfc2b5b520bcbebcad20bcb3c1a4', '온도 센서 설정'],
  ['Windows-1251', 'cde0f1f2f0eee9eae020e4e0f2f7e8eae0', 'Настройка датчика'],
  ['Windows-1252', '23204772f6df65', '# Größe'],
  ['Windows-1252', '54656d70e972617475722066fc72204765 72e474', 'Températur für Gerät'],
  ['UTF-16', 'fffe6100e96d', 'a淩'],
  ['UTF-16', 'feff00616de9', 'a淩'],
  ['UTF-32', 'fffe000061000000e96d0000', 'a淩'],
  ['UTF-16LE without a byte-order mark', '64006500660061007500', 'defau'],
  ['UTF-16LE without a byte-order mark', '23002000c630b930c83020000a00', '# テスト'],
  // The place that is told is in line 1.
  ['UTF-16LE without a byte-order mark', '61003a000a0062003a002000c630b9300a00', 'a:'],
  ['UTF-16BE without a byte-order mark', '000a0061003a000a00620020c630b930000a', 'a:'],
  ['UTF-16BE without a byte-order mark', '0023002030c630b930c8000a', '# テスト'],
  ['UTF-16LE without a byte-order mark', '61003a0020003100 0a', 'a: 1'],
  ['UTF-32LE without a byte-order mark', '230000002000 0000c6300000', '# テ'],
  ['UTF-32BE without a byte-order mark', '000000230000002000 0030c6', '# テ'],
])('%s: %s is %s', (name, hex, line) => {
  const likely = likelyEncoding(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
  expect(likely).toMatchObject({ isSure: true, readings: [{ name, line }] });
});

test('what few bytes may be is shown, and nothing is sure', () => {
  const { isSure, readings = [] } = likelyEncoding(Buffer.from('b7c1b0ad', 'hex')) ?? {};
  expect(isSure).toBe(false);
  expect(readings.map(({ name, line }) => [name, line])).toEqual([
    ['EUC-KR', '려강'],
    ['EUC-JP', '形悪'],
    ['GBK', '妨碍'],
  ]);
});

test.each(['', 'plain', '温度 센서 é', '\ufeffmarked', 'a zero \0 in it'])(
  '%j is UTF-8',
  (text) => {
    expect(likelyEncoding(Buffer.from(text))).toBeNull();
  },
);

test('a long line is cut where a character ends', () => {
  const bytes = Buffer.concat([Buffer.from('# '), Buffer.from('cec2b6c8'.repeat(400), 'hex')]);
  for (const start of ['', 'a', 'ab', 'abc']) {
    const likely = likelyEncoding(Buffer.concat([Buffer.from(start), bytes]));
    expect(likely?.readings[0]?.line).toMatch(/^a?b?c?# [温度]+$/);
  }
});

it('never throws, and shows what the named encoding decodes to', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const likely = likelyEncoding(bytes);
      if (likely === null || likely.isWide) return;
      for (const { name, line } of likely.readings) {
        const label = ENCODINGS.find((one) => one.name === name)?.label ?? '';
        const text = decodeAs(label, bytes);
        expect(text === null || text.includes(line)).toBe(true);
      }
    }),
    { seed: 1310, numRuns: 2000 },
  );
});

it('never throws on zeros', () => {
  const byte = fc.constantFrom(0, 0, 0, 0x23, 0x0a, 0xd8, 0xdc, 0xfe, 0xff, 0x30);
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 40 }), (bytes) => {
      const likely = likelyEncoding(Uint8Array.from(bytes));
      expect(likely === null || likely.readings.length <= 3).toBe(true);
    }),
    { seed: 1311, numRuns: 2000 },
  );
});
