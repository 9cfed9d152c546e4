import { describe, expect, it, test } from 'vitest';
import { pack } from '../../../../src/commands/pack/command.ts';
import { NAME_ENCODINGS } from '../../../../src/commands/pack/prepare-pack.ts';
import {
  encodingNamed,
  encodingOfNames,
  readingsText,
} from '../../../../src/package/zip/entry-name.ts';

const bytesOf = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');

describe('the names of a zip', () => {
  it.each([
    ['c4a3d0cd2e6f6e6e78', 'probably GBK (Chinese Windows): "模型.onnx"'],
    ['83828366838b2e6f6e6e78', 'probably Shift-JIS (Japanese Windows): "モデル.onnx"'],
    ['4772f6df652e747874', 'probably Windows-1252 (Western Windows, Latin-1): "Größe.txt"'],
    ['636166 82 2e747874', 'probably cp437 (DOS): "café.txt"'],
    ['eceee4e5ebfc', 'probably Windows-1251 (Cyrillic Windows): "модель"'],
    ['b7c1b0ad', 'they may be "려강" in EUC-KR or "形悪" in EUC-JP or "妨碍" in GBK'],
  ])('%s', (hex, text) => {
    const name = bytesOf(hex);
    expect(readingsText(name, encodingOfNames([name]))).toBe(text);
  });

  it('are judged together, without those that are UTF-8', () => {
    const names = ['b7c1b0ad', 'cec2b6c8', 'c9e8b1b8', 'e6a8a1e59e8b'].map(bytesOf);
    expect(encodingOfNames(names).sure?.name).toBe('GBK');
  });

  it('that are all UTF-8 are in nothing else', () => {
    expect(encodingOfNames([Buffer.from('模型'), Buffer.from('a')])).toEqual({
      sure: null,
      likely: [],
    });
  });
});

test.each([
  ['gbk', 'gbk'],
  ['GBK', 'gbk'],
  ['cp936', 'gbk'],
  ['gb2312', 'gbk'],
  ['sjis', 'shift_jis'],
  ['CP932', 'shift_jis'],
  ['Shift-JIS', 'shift_jis'],
  ['latin1', 'windows-1252'],
  ['cp1252', 'windows-1252'],
  ['cp866', 'ibm866'],
  ['CP437', 'cp437'],
  ['utf-8', null],
  ['utf-16le', null],
  ['nonsense', null],
  ['', null],
  ['__proto__', null],
])('--name-encoding %s is %s', (text, label) => {
  expect(encodingNamed(text)?.label ?? null).toBe(label);
});

test('the help lists every encoding that the flag takes', () => {
  expect(
    NAME_ENCODINGS.filter((label) => !new RegExp(`[ \\n]${label}[,.]`).test(pack.details ?? '')),
  ).toEqual([]);
});
