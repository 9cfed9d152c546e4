import { describe, expect, it } from 'vitest';
import { entriesView } from '../../../../src/commands/inspect/entries-text.ts';
import type { Entry } from '../../../../src/model/view.ts';
import { plain } from '../../../fixtures/plain.ts';

const entriesText = (entries: readonly Entry[]) => plain(entriesView(entries));

describe('a listing', () => {
  const file = (path: string, more: Partial<Entry> = {}): Entry => {
    return { path, rawName: path, kind: 'file', size: 10, mode: 0o644, ...more };
  };
  const dir = (path: string): Entry =>
    file(path, { rawName: `${path}/`, kind: 'directory', size: 0, mode: 0o755 });

  it('is a tree where parents come first', () => {
    expect(entriesText([dir('a'), dir('a/b'), file('a/b/c'), file('z')])).toBe(
      [
        '0755            a/',
        '0755              b/',
        '0644      10 B      c',
        '0644      10 B  z',
        '2 files, 20 B unpacked',
        '',
      ].join('\n'),
    );
  });

  it.each<[string, Entry[]]>([
    ['a parent is missing', [file('a/c')]],
    ['a parent comes too late', [file('a/c'), dir('a')]],
    ['folders are mixed', [dir('a'), dir('b'), file('a/c')]],
    ['names are written otherwise', [file('c', { rawName: './c' })]],
  ])('is raw names where %s', (_name, entries) => {
    const names = entriesText(entries).split('\n').slice(0, entries.length);
    expect(names.map((line) => line.slice(16))).toEqual(entries.map(({ rawName }) => rawName));
  });

  it('calls out what is heavy, a link, and no file at all', () => {
    const text = entriesText([
      file('l', { kind: 'symlink' }),
      file('m', { size: 9_000_000, mode: null }),
      file('p', { kind: 'other' }),
    ]);
    expect(text).toContain('l  a symbolic link\n');
    expect(text).toContain('   -    9.0 MB  m  ← 99 % of it all\n');
    expect(text).toContain('p  neither file nor folder\n');
  });

  it('spells out control characters', () => {
    expect(entriesText([file('a\u001b[2J')])).toContain('a\\x1b[2J');
  });
});
