import { describe, expect, test } from 'vitest';
import { entryKind, entryMode, goMode } from '../../../../src/package/zip/record.ts';

const unix = (mode: number, creator = 3) => ({
  versionMadeBy: (creator << 8) | 20,
  externalAttributes: (mode << 16) >>> 0,
});
const dos = (attributes: number, creator = 0) => ({
  versionMadeBy: creator << 8,
  externalAttributes: attributes,
});

const CASES = [
  ['a file', 'a', unix(0o100755), { permissions: 0o755, isDirectory: false, isSpecial: false }],
  ['no type bits', 'a', unix(0o644), { permissions: 0o644, isDirectory: false, isSpecial: false }],
  ['macOS', 'a', unix(0o100600, 19), { permissions: 0o600, isDirectory: false, isSpecial: false }],
  ['a folder', 'a', unix(0o040755), { permissions: 0o755, isDirectory: true, isSpecial: false }],
  ['a slash', 'a/', unix(0o100644), { permissions: 0o644, isDirectory: true, isSpecial: false }],
  ['a link', 'a', unix(0o120777), { permissions: 0o777, isDirectory: false, isSpecial: true }],
  ['setuid', 'a', unix(0o104755), { permissions: 0o755, isDirectory: false, isSpecial: true }],
  ['a FIFO', 'a', unix(0o010644), { permissions: 0o644, isDirectory: false, isSpecial: true }],
  ['FAT', 'a', dos(0), { permissions: 0o666, isDirectory: false, isSpecial: false }],
  ['NTFS read-only', 'a', dos(1, 11), { permissions: 0o444, isDirectory: false, isSpecial: false }],
  ['a FAT folder', 'a', dos(0x10), { permissions: 0o777, isDirectory: true, isSpecial: false }],
  [
    'a FAT file with a slash',
    'a/',
    dos(0),
    { permissions: 0o666, isDirectory: true, isSpecial: false },
  ],
  [
    'a type that Go does not know',
    'a',
    unix(0o170644),
    { permissions: 0o644, isDirectory: false, isSpecial: false },
  ],
  ['an Amiga', 'a', dos(0, 1), { permissions: 0, isDirectory: false, isSpecial: false }],
] as const;

describe('the mode that Go reads from a zip entry', () => {
  test.each(CASES)('%s', (_title, name, fields, mode) => {
    expect(goMode(Buffer.from(name), fields)).toEqual(mode);
  });
});

describe('the kind and the mode that a package shows', () => {
  test.each([
    ['a file', unix(0o100644), 0o644, 'file'],
    ['setuid', unix(0o104755), 0o4755, 'file'],
    ['a link', unix(0o120777), 0o777, 'symlink'],
    ['a folder', unix(0o040755), 0o755, 'directory'],
    ['a pipe', unix(0o010644), 0o644, 'other'],
    ['a mode without a type', unix(0o644), 0o644, 'file'],
    ['made on macOS', unix(0o100755, 19), 0o755, 'file'],
    ['made on Windows', unix(0o100755, 0), null, 'file'],
    ['read-only on Windows', dos(1), 0o444, 'file'],
    ['a folder on Windows', dos(0x10), null, 'directory'],
    ['made elsewhere: no permission at all', unix(0o100755, 10), 0, 'file'],
  ])('%s', (_name, attributes, mode, kind) => {
    expect([entryMode(attributes), entryKind(Buffer.from('x'), attributes)]).toEqual([mode, kind]);
  });

  test('a slash at the end decides, a backslash does not', () => {
    expect(entryKind(Buffer.from('x/'), unix(0o100644))).toBe('directory');
    expect(entryKind(Buffer.from('x\\'), unix(0, 0))).toBe('file');
  });
});
