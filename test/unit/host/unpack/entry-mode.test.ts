import { describe, expect, test } from 'vitest';
import { goMode } from '../../../../src/host/unpack/entry-mode.ts';

const unix = (mode: number, creator = 3) => ({
  versionMadeBy: (creator << 8) | 20,
  externalFileAttributes: (mode << 16) >>> 0,
});
const dos = (attributes: number, creator = 0) => ({
  versionMadeBy: creator << 8,
  externalFileAttributes: attributes,
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
  ['an Amiga', 'a', dos(0, 1), { permissions: 0, isDirectory: false, isSpecial: false }],
] as const;

describe('the mode that Go reads from a zip entry', () => {
  test.each(CASES)('%s', (_title, name, fields, mode) => {
    expect(goMode(name, fields)).toEqual(mode);
  });
});
