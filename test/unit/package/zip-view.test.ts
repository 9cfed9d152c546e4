import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_ENTRIES } from '../../../src/package/zip/limits.ts';
import { openZipView, type ZipView } from '../../../src/package/zip-view.ts';
import { craftZip, manyFiles } from '../../fixtures/crafted-zip.ts';
import {
  bomb,
  renamedBytes,
  withDamage,
  withEntryCount,
  withField,
  zip64Claiming,
} from '../../fixtures/hostile-zip.ts';
import { makeZip } from '../../fixtures/make-zip.ts';
import { temporaryFolders } from '../../fixtures/tree.ts';

const folder = temporaryFolders();
const GOOD = makeZip([
  { name: 'a/', dir: true },
  { name: 'a/b.txt', text: 'hello '.repeat(50) },
]);

/** The problems found by listing and reading everything; in a file the same as in memory. */
async function kindsOf(zip: Buffer, file?: string): Promise<string[]> {
  if (file !== undefined) writeFileSync(file, zip);
  const view = file === undefined ? await openZipView(zip) : await openZipView(file, 'x', 0);
  for (const { path } of view.entries) await view.read(path);
  await view.close();
  return view.problems.map(({ kind }) => kind);
}

const textOf = async (view: ZipView, path: string, limit?: number) =>
  Buffer.from((await view.read(path, limit)) ?? 'nothing').toString();

describe('a good zip', () => {
  it('shows its entries in their order and reads them', async () => {
    const view = await openZipView(GOOD);
    expect(view.entries).toEqual([
      { path: 'a', rawName: 'a/', kind: 'directory', size: 0, mode: 0o755 },
      { path: 'a/b.txt', rawName: 'a/b.txt', kind: 'file', size: 300, mode: 0o644 },
    ]);
    expect(view.problems).toEqual([]);
    expect(await textOf(view, 'a/b.txt')).toBe('hello '.repeat(50));
    expect(await textOf(view, 'a/b.txt', 5)).toBe('hello');
    expect(await view.read('a')).toBeNull();
    expect(await view.read('gone')).toBeNull();
    expect(await view.readProject('a/b.txt')).toBeNull();
  });

  it.each([
    ['whole', undefined],
    ['piece by piece', 0],
  ])('is read from a file, %s', async (_name, inMemoryBelow) => {
    const file = join(folder(), 'x.zip');
    writeFileSync(file, GOOD);
    const view = await openZipView(file, undefined, inMemoryBelow);
    expect(view).toMatchObject({ form: 'zip', label: file, size: GOOD.length, problems: [] });
    expect(view.archive.source.bytes === null).toBe(inMemoryBelow === 0);
    expect(await textOf(view, 'a/b.txt')).toBe('hello '.repeat(50));
    expect(await textOf(view, 'a/b.txt', 3)).toBe('hel');
    await view.close();
  });

  it('is listed to its end, however long', async () => {
    const names = Array.from({ length: 3000 }, (_, index) => ({ name: `f${index}` }));
    const { entries, problems } = await openZipView(makeZip(names));
    expect(entries.map(({ path }) => path)).toEqual(names.map(({ name }) => name));
    expect(problems).toEqual([]);
  });

  it('passes on the system error when there is no file', async () => {
    await expect(openZipView(join(folder(), 'gone.zip'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('hostile zips', () => {
  const two = [
    { name: 'a', text: '1' },
    { name: 'a', text: '2' },
  ];

  it.each<[string, Buffer, string[]]>([
    ['empty file', Buffer.alloc(0), ['not-a-zip']],
    ['text', Buffer.from('hello'), ['not-a-zip']],
    ['truncated', GOOD.subarray(0, GOOD.length - 30), ['truncated']],
    ['only its start', GOOD.subarray(0, 20), ['truncated']],
    ['junk behind it', Buffer.concat([GOOD, Buffer.from('x')]), ['untidy']],
    [
      'encrypted',
      craftZip({ entries: [{ name: 'a', content: 'x', flags: 1, central: { crc: 1 } }] }),
      ['encrypted'],
    ],
    [
      'marked as encrypted alone',
      craftZip({ entries: [{ name: 'a', content: 'x', flags: 0x41 }] }),
      ['untidy'],
    ],
    [
      'another compression',
      craftZip({ entries: [{ name: 'a', method: 14 }] }),
      ['unsupported-compression'],
    ],
    ['the same name twice', makeZip(two), ['duplicate-entry']],
    [
      'a file and a folder of one name',
      makeZip([{ name: 'a' }, { name: 'a/', dir: true }]),
      ['duplicate-entry'],
    ],
    ['names that fall together', makeZip([{ name: 'a' }, { name: 'A' }]), ['case-conflict']],
    ['flaw', makeZip([{ name: '../../etc/passwd' }]), ['path-escape']],
    ['an absolute name', makeZip([{ name: '/etc/passwd' }]), ['path-escape']],
    ['a drive', makeZip([{ name: 'C:/x' }]), ['bad-name']],
    ['backslashes', makeZip([{ name: 'a\\b' }]), ['backslash-name']],
    ['NUL in a name', makeZip([{ name: 'a\u0000.py' }]), ['bad-name']],
    [
      'a name that is no UTF-8',
      renamedBytes(makeZip([{ name: 'xy' }]), 'xy', Buffer.from([0xc3, 0x28])),
      ['foreign-name'],
    ],
    ['damaged data', withDamage(makeZip([{ name: 'a', text: 'hello hello' }])), ['unreadable']],
    ['a wrong checksum', withField(GOOD, 'crc', 1, 1), ['ambiguous', 'unreadable']],
    ['less than it claims', withField(GOOD, 'size', 9999, 1), ['ambiguous', 'unreadable']],
    ['more than it claims', withField(GOOD, 'size', 10, 1), ['ambiguous', 'unreadable']],
    ['data beyond its end', withField(GOOD, 'packedSize', 100_000, 1), ['ambiguous', 'overlap']],
    ['a header elsewhere', withField(GOOD, 'offset', 7, 1), ['ambiguous', 'unreadable']],
    ['more entries than claimed', withEntryCount(GOOD, 3), ['bad-directory']],
    ['no directory at all', makeZip([]), []],
    ['2^40 entries by zip64', zip64Claiming(1n << 40n), ['bad-directory']],
    ['65,537 entries by zip64, of which one is there', zip64Claiming(65_537n), ['ambiguous']],
    ['a bomb', bomb(150 * 1024 ** 2), ['suspicious-ratio']],
    [
      'a claim of 3 GiB',
      withField(GOOD, 'size', 3 * 1024 ** 3, 1),
      ['ambiguous', 'too-large', 'suspicious-ratio', 'unreadable'],
    ],
  ])('%s', async (_name, zip, kinds) => {
    expect(await kindsOf(zip)).toEqual(kinds);
    expect(await kindsOf(zip, join(folder(), 'x.zip'))).toEqual(kinds);
  });

  it('gives no path to anything that leads out', async () => {
    const names = ['../x', '/x', 'a/../../x'];
    const view = await openZipView(makeZip(names.map((name) => ({ name }))));
    expect(view.entries).toEqual([]);
  });

  it('reads the first bytes of a bomb without inflating the rest', async () => {
    const view = await openZipView(bomb(150 * 1024 ** 2));
    expect(await view.read('zeros', 10)).toEqual(Buffer.alloc(10));
  });

  it('reads no zip of more entries than pack writes, and says how many it has', async () => {
    const view = await openZipView(manyFiles(MAX_ENTRIES + 1));
    expect(view.entries).toEqual([]);
    expect(view.problems).toMatchObject([{ kind: 'too-many-entries', entry: null }]);
    expect(view.problems[0]?.detail).toContain('100001 entries');
  });

  it('reads no zip whose names are longer together than any plugin has them', async () => {
    const long = Array.from({ length: 8400 }, (_, index) => ({
      name: `${'a/./'.repeat(999)}${index}`,
    }));
    const view = await openZipView(makeZip(long));
    expect(view.entries).toEqual([]);
    expect(view.problems).toMatchObject([{ kind: 'too-many-entries', entry: null }]);
    expect(view.problems[0]?.detail).toContain('names of more than 10485760 bytes together');
  });

  it('reads no zip whose folders alone are more than that', async () => {
    const deep = Array.from({ length: 2000 }, (_, index) => ({
      name: `${index}/${'a/'.repeat(60)}x`,
    }));
    const view = await openZipView(makeZip(deep));
    expect(view.entries).toEqual([]);
    expect(view.problems).toMatchObject([{ kind: 'too-many-entries', entry: null }]);
    expect(view.problems[0]?.detail).toContain('2000 entries and the folders above them');
    expect(await view.read(`7/${'a/'.repeat(60)}x`)).toBeNull();
  });

  it('counts a folder once, with an entry of its own or without', async () => {
    const names = Array.from({ length: 2000 }, (_, index) => `${'a/'.repeat(60)}${index}/`);
    const view = await openZipView(
      makeZip(names.flatMap((name) => [{ name, dir: true }, { name: `${name}x` }])),
    );
    expect(view.problems).toEqual([]);
    expect(view.entries).toHaveLength(4000);
  });

  it('reads as many entries as pack writes', async () => {
    const view = await openZipView(manyFiles(MAX_ENTRIES));
    expect(view.problems).toEqual([]);
    expect(view.entries).toHaveLength(MAX_ENTRIES);
  });
});

describe('whatever the bytes are', () => {
  const base = makeZip([
    { name: 'p.json', text: '{"language":"python"}' },
    { name: 'lib/', dir: true },
    { name: 'lib/x.py', text: 'print(1)\n'.repeat(20), mode: '755' },
    { name: 'link', text: 'lib/x.py', mode: '120777' },
  ]);

  it('never crashes on a zip with changed bytes', async () => {
    const change = fc.tuple(fc.nat(base.length - 1), fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const zip = Buffer.from(base);
        for (const [at, byte] of changes) zip.writeUInt8(byte, at);
        expect(Array.isArray(await kindsOf(zip))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('never crashes on a zip cut anywhere or with anything around it', async () => {
    const bytes = fc.uint8Array({ maxLength: 100 });
    await fc.assert(
      fc.asyncProperty(bytes, fc.nat(base.length), bytes, async (before, length, after) => {
        const zip = Buffer.concat([before, base.subarray(0, length), after]);
        expect(Array.isArray(await kindsOf(zip))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('never crashes on anything that ends like a zip', async () => {
    const end = base.subarray(base.length - 22);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        expect(Array.isArray(await kindsOf(Buffer.concat([bytes, end])))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('what eKuiper 2.4.0 was seen to take', () => {
  it.each([
    ['a:b.txt', ['bad-name']],
    ['C:\\x\\q.txt', ['backslash-name']],
    ['..\\..\\q.txt', ['backslash-name']],
  ])('%s is one file of that name', async (name, kinds) => {
    const view = await openZipView(makeZip([{ name, text: 'x' }]));
    expect(view.problems.map(({ kind }) => kind)).toEqual(kinds);
    expect(view.entries.map(({ path }) => path)).toEqual([name]);
  });

  it('a folder without a name, but no file without one', async () => {
    const folderOnly = await openZipView(makeZip([{ name: '', dir: true, mode: '40755' }]));
    expect(folderOnly.problems.map(({ kind }) => kind)).toEqual(['untidy']);
    const file = await openZipView(makeZip([{ name: '', text: '' }]));
    expect(file.problems.map(({ kind }) => kind)).toEqual(['bad-name']);
  });
});

describe('install.sh under another spelling', () => {
  it.each(['./install.sh', 'lib/../install.sh', './/install.sh/.', 'sources/../install.sh'])(
    '%s is what eKuiper runs',
    async (name) => {
      const view = await openZipView(makeZip([{ name, text: 'echo x' }]));
      expect(await textOf(view, 'install.sh')).toBe('echo x');
      expect(view.problems).toEqual([]);
    },
  );

  it('is a duplicate of install.sh, and the last one counts', async () => {
    const zip = makeZip([
      { name: 'install.sh', text: 'echo good' },
      { name: './install.sh', text: 'echo evil' },
    ]);
    const view = await openZipView(zip);
    expect(await textOf(view, 'install.sh')).toBe('echo evil');
    expect(view.problems.map(({ kind }) => kind)).toEqual(['duplicate-entry']);
  });
});
