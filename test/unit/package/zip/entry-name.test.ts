import { describe, expect, it } from 'vitest';
import { nameEntry } from '../../../../src/package/zip/entry-name.ts';

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
    ['..\\x', null, 'path-escape'],
    ['C:\\x', null, 'path-escape'],
    ['c:x', null, 'path-escape'],
    ['\\\\host\\share', null, 'path-escape'],
    ['a\u0000b', null, 'bad-name'],
    ['a\u001b[2Jb', 'a\u001b[2Jb', 'bad-name'],
    ['.', null, null],
    ['a/..', null, null],
    ['', null, 'bad-name'],
  ])('%j is %j (%s)', (name, path, kind) => {
    const named = nameEntry(Buffer.from(name));
    expect([named.rawName, named.path, named.problem?.kind ?? null]).toEqual([name, path, kind]);
  });

  it('takes a name that is not UTF-8 byte for byte, and says what it may mean', () => {
    expect(nameEntry(Buffer.from([0x61, 0xff]))).toEqual({
      rawName: 'a\u00ff',
      path: 'a\u00ff',
      problem: {
        kind: 'foreign-name',
        entry: 'a\u00ff',
        detail: 'its bytes are not UTF-8; read as Latin-1 (Windows-1252) they are "a\u00ff"',
      },
    });
  });
});
