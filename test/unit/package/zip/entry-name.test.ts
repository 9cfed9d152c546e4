import { describe, expect, it, test } from 'vitest';
import { command as pack } from '../../../../src/commands/pack/command.ts';
import { NAME_ENCODINGS } from '../../../../src/commands/pack/prepare-pack.ts';
import {
  encodingNamed,
  encodingOfNames,
  nameEntry,
  readingsText,
} from '../../../../src/package/zip/entry-name.ts';

describe('entry names', () => {
  it.each<[string, string | null, string | null]>([
    ['a/b.txt', 'a/b.txt', null],
    ['a/', 'a', null],
    ['./a.json', 'a.json', null],
    ['a//b', 'a/b', null],
    ['a/../b', 'b', null],
    ['a..b', 'a..b', null],
    ['./', null, null],
    ['模型.onnx', '模型.onnx', null],
    ['a\\b', 'a/b', 'backslash-name'],
    ['/etc/passwd', null, 'path-escape'],
    ['../x', null, 'path-escape'],
    ['a/../../x', null, 'path-escape'],
    ['..', null, 'path-escape'],
    ['..\\x', '..\\x', 'backslash-name'],
    ['a\\..\\..\\x', 'a\\..\\..\\x', 'backslash-name'],
    ['C:\\x', 'C:\\x', 'backslash-name'],
    ['\\\\host\\share', '\\\\host\\share', 'backslash-name'],
    ['a/../..\\x', '..\\x', 'backslash-name'],
    ['c:x', 'c:x', 'bad-name'],
    ['a:b.txt', 'a:b.txt', 'bad-name'],
    ['a/c:x', 'a/c:x', null],
    ['a\u0000b', null, 'bad-name'],
    ['a\u001b[2Jb', 'a\u001b[2Jb', 'bad-name'],
    ['.', null, null],
    ['a/..', null, null],
    ['', null, 'bad-name'],
  ])('%j is %j (%s)', (name, path, kind) => {
    const named = nameEntry(Buffer.from(name));
    expect([named.rawName, named.path, named.problem?.kind ?? null]).toEqual([name, path, kind]);
  });

  it.each([
    ['../'.repeat(21_000), 'path-escape', /leads out/],
    ['a/'.repeat(32_000), 'bad-name', /longer than Linux takes/],
    ['b'.repeat(4096), 'bad-name', /longer than Linux takes/],
    [`${'é/'.repeat(1365)}e`, 'bad-name', /longer than Linux takes/],
  ])('follows no path that no Linux could have (%#)', (name, kind, detail) => {
    const { path, problem } = nameEntry(Buffer.from(name));
    expect(path).toBeNull();
    expect(problem).toMatchObject({ kind, detail: expect.stringMatching(detail) });
  });

  it('takes a long name that is short when it is cleaned, as eKuiper does', () => {
    expect(nameEntry(Buffer.from(`${'./'.repeat(30_000)}main.py`))).toMatchObject({
      path: 'main.py',
      problem: null,
    });
  });

  it('takes a name that is not UTF-8 byte for byte, and says what it may mean', () => {
    expect(nameEntry(Buffer.from([0x61, 0xff]))).toEqual({
      rawName: 'a\u00ff',
      path: 'a\u00ff',
      problem: {
        kind: 'foreign-name',
        entry: 'a\u00ff',
        detail: expect.stringContaining('its bytes are not UTF-8; they may be "a'),
        encodings: expect.arrayContaining(['windows-1252']),
      },
    });
  });
});

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
