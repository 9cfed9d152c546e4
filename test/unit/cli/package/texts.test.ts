import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { modeText, sizeText } from '../../../../src/cli/output/number-text.ts';
import { entriesView } from '../../../../src/commands/inspect/entries-text.ts';
import {
  fileAt,
  outputPlace,
  refuseProjectFile,
  shownPath,
} from '../../../../src/commands/pack/output-place.ts';
import type { Entry } from '../../../../src/model/view.ts';
import { plain } from '../../../fixtures/plain.ts';
import { temporaryFolders } from '../../../fixtures/tree.ts';

const folder = temporaryFolders();

const entriesText = (entries: readonly Entry[]) => plain(entriesView(entries));

describe('sizes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [9949, '9.9 kB'],
    [9950, '10 kB'],
    [999_499, '999 kB'],
    [999_950, '1.0 MB'],
    [1_073_741_824, '1.1 GB'],
    [5e15, '5000 TB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(sizeText(bytes)).toBe(text);
  });

  it.each([
    [0o755, '0755'],
    [0o4755, '4755'],
    [0, '0000'],
    [null, '-'],
  ])('mode %s is %s', (mode, text) => {
    expect(modeText(mode)).toBe(text);
  });
});

describe('where a package goes', () => {
  it('is here, in a directory, to a file or to stdout', () => {
    const cwd = folder({ 'dist/x': '' });
    const named = (output: string | undefined) => {
      const place = outputPlace(output, cwd);
      return place.to === 'stdout' ? '-' : fileAt(place, 'p.zip');
    };
    expect(named(undefined)).toBe(join(cwd, 'p.zip'));
    expect(named('dist')).toBe(join(cwd, 'dist/p.zip'));
    expect(named('dist/')).toBe(join(cwd, 'dist/p.zip'));
    expect(named('other.zip')).toBe(join(cwd, 'other.zip'));
    expect(named('-')).toBe('-');
    expect(named('made/')).toBe(join(cwd, 'made/p.zip'));
  });

  it('is shown as people would type it', () => {
    expect(shownPath('/a/b/c.zip', '/a')).toBe(join('b', 'c.zip'));
    expect(shownPath('/x/c.zip', '/a')).toBe('/x/c.zip');
    expect(shownPath('/a', '/a')).toBe('.');
  });
});

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

describe('-o and the files of the project', () => {
  const cwd = folder({
    'p/main.py': 'x',
    'p/data/a.json': '{}',
    'p/empty.zip': '',
    'p/old': Buffer.from('PK\x03\x04 an older package'),
    'beside.txt': 'x',
  });
  const refuse = (output: string): void =>
    refuseProjectFile(outputPlace(output, cwd), join(cwd, 'p'), cwd);

  it.each(['p/main.py', 'p/data/a.json', './p/../p/main.py'])('%s is refused', (output) => {
    expect(() => refuse(output)).toThrow(
      expect.objectContaining({
        exit: 2,
        message: `-o names a file of the project: ${output.includes('data') ? output : 'p/main.py'}`,
      }),
    );
  });

  it.each(['p/empty.zip', 'p/old', 'beside.txt', 'p/new.zip', 'p', '-'])('%s is not', (output) => {
    expect(() => refuse(output)).not.toThrow();
  });
});
