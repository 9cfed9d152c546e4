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
