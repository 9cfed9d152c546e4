import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { likelyEncoding } from '../../../src/model/text-encoding.ts';

/** Written by encoders of these names; the text behind each. */
test.each([
  ['GBK', 'c9e8b1b8c5e4d6c3a3babacfb7a8b5c4d6b5', '设备配置：合法的值'],
  ['GBK', 'cec2b6c8', '温度'],
  ['Shift-JIS', '83 5a 83 93 83 54 81 5b 82 cc 90 dd 92 e8', 'センサーの設定'],
  ['EUC-JP', 'a5bba5f3a5b5a1bca4cec0dfc4ea', 'センサーの設定'],
  ['Big5', 'b7c5abd7b7a7b4fabeb9aa bab3 5d a9 77', '溫度概測器的設定'],
  ['EUC-KR', 'bfc2b5b520bcbebcad20bcb3c1a4', '온도 센서 설정'],
  ['Windows-1251', 'cde0f1f2f0eee9eae020e4e0f2f7e8eae0', 'Настройка датчика'],
  [
    'Windows-1252',
    '54656d70e972617475722066fc72204765 72e474',
    'Temp\u00e9ratur f\u00fcr Ger\u00e4t',
  ],
  ['UTF-16', 'fffe6100e96d', 'a\u6de9'],
  ['UTF-16', '64006500660061007500', 'defau'],
])('%s: %s', (name, hex, text) => {
  const likely = likelyEncoding(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
  expect([likely?.name, likely?.text]).toEqual([name, text]);
});

test.each([
  ['c4acc8cf', ['EUC-KR', 'GBK']], // 默认, or two Korean syllables
  ['cec2b6c8', ['GBK']], // 温度
  ['c9e8b1b8c5e4d6c3a3babacfb7a8b5c4d6b5', ['GBK']],
  ['64c3', ['Windows-1252']],
])('so few bytes as %s may be %j', (hex, names) => {
  const { name = '', orElse = [] } = likelyEncoding(Buffer.from(hex, 'hex')) ?? {};
  expect([name, ...orElse].filter((one) => one !== '').sort()).toEqual(
    expect.arrayContaining(names),
  );
  expect(orElse.length > 0).toBe(names.length > 1);
});

test.each(['', 'plain', '温度 센서 é', '\ufeffmarked'])('%j is UTF-8', (text) => {
  expect(likelyEncoding(Buffer.from(text))).toBeNull();
});

it('never throws', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(['string', 'undefined']).toContain(typeof likelyEncoding(bytes)?.text);
    }),
  );
});
