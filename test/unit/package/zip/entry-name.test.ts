import { describe, expect, it } from 'vitest';
import { entryKind, unixMode } from '../../../../src/package/zip/entry-mode.ts';
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
    ['a\u001b[2Jb', null, 'bad-name'],
    ['', null, 'bad-name'],
  ])('%j is %j (%s)', (name, path, kind) => {
    const named = nameEntry(Buffer.from(name));
    expect([named.rawName, named.path, named.problem?.kind ?? null]).toEqual([name, path, kind]);
  });

  it('takes bytes for UTF-8 as eKuiper does, and refuses what is none', () => {
    expect(nameEntry(Buffer.from([0x61, 0xff]))).toMatchObject({
      path: null,
      problem: { kind: 'bad-name' },
    });
  });
});

describe('entry modes', () => {
  const unix = (mode: number, creator = 3) => ({
    versionMadeBy: (creator << 8) | 20,
    externalFileAttributes: (mode << 16) >>> 0,
  });

  it.each([
    ['a file', unix(0o100644), 0o644, 'file'],
    ['a program', unix(0o100755), 0o755, 'file'],
    ['setuid', unix(0o104755), 0o4755, 'file'],
    ['a link', unix(0o120777), 0o777, 'symlink'],
    ['a folder', unix(0o040755), 0o755, 'directory'],
    ['a pipe', unix(0o010644), 0o644, 'other'],
    ['a mode without a type', unix(0o644), 0o644, 'file'],
    ['made on macOS', unix(0o100755, 19), 0o755, 'file'],
    ['made on Windows', unix(0o100755, 0), null, 'file'],
    ['NTFS', unix(0o100755, 10), null, 'file'],
  ])('%s', (_name, attributes, mode, kind) => {
    expect([unixMode(attributes), entryKind('x', attributes)]).toEqual([mode, kind]);
  });

  it('lets a slash at the end decide', () => {
    expect(entryKind('x/', unix(0o100644))).toBe('directory');
    expect(entryKind('x\\', unix(0, 0))).toBe('directory');
  });
});
