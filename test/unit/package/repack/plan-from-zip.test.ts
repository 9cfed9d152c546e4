import { describe, expect, it } from 'vitest';
import { examine } from '../../../../src/lint/lint.ts';
import { findManifest } from '../../../../src/lint/subject/find-manifest.ts';
import { NEWEST_TARGET } from '../../../../src/model/target.ts';
import { viewOf } from '../../../../src/package/directory-view.ts';
import { planFromZip, wrappingOf } from '../../../../src/package/repack/plan-from-zip.ts';
import { fixedFaults } from '../../../../src/package/repack/repacking.ts';
import { strictDecisions, strictNote } from '../../../../src/package/strict-decisions.ts';
import { openZipView, type ZipView } from '../../../../src/package/zip-view.ts';
import { junitXml } from '../../../../src/testing/junit.ts';
import { craftZip } from '../../../fixtures/crafted-zip.ts';
import { fakePem, repeated } from '../../../fixtures/fake-secrets.ts';
import { withDamage, withField } from '../../../fixtures/hostile-zip.ts';
import { makeZip, type ZipEntrySpec } from '../../../fixtures/make-zip.ts';

const MANIFEST = '{"language":"python","executable":"main.py","functions":["f"]}';

const MANIFEST_FILE = { name: 'p.json', content: MANIFEST };

async function fix(specs: readonly ZipEntrySpec[]) {
  const zip = await openZipView(makeZip(specs));
  const plan = await planFromZip(zip);
  const entries = plan.entries.map(
    ({ path, kind, mode }) => `${mode.toString(8)} ${path}${kind === 'directory' ? '/' : ''}`,
  );
  return { plan, entries, fixed: fixedFaults(zip, plan), problems: plan.problems };
}

describe('a wrong zip, planned anew', () => {
  it.each<[string, ZipEntrySpec[], string[], string[]]>([
    [
      'one folder around everything',
      [
        { name: 'p/', dir: true },
        { name: 'p/p.json', text: MANIFEST },
        { name: 'p/main.py', text: 'x' },
      ],
      ['755 main.py', '644 p.json'],
      ['took everything out of the folder p/', 'gave main.py the mode 0755 (was 0644)'],
    ],
    [
      'two folders and what macOS adds',
      [
        { name: 'a/b/p.json', text: MANIFEST },
        { name: 'a/b/lib/x.py', text: 'x' },
        { name: '__MACOSX/a/b/._p.json', text: 'x' },
        { name: 'a/.DS_Store', text: 'x' },
      ],
      ['755 lib/', '644 lib/x.py', '644 p.json'],
      [
        'took everything out of the folder a/b/',
        'added the folder lib/',
        'left out __MACOSX/a/b/._p.json (__MACOSX/)',
        'left out a/.DS_Store (.DS_Store)',
      ],
    ],
    [
      'names with ./',
      [
        { name: './p.json', text: MANIFEST },
        { name: './main.py', text: 'x', mode: '755' },
      ],
      ['755 main.py', '644 p.json'],
      ['removed "./" from the names of 2 entries'],
    ],
    [
      'backslashes',
      [
        { name: 'p.json', text: MANIFEST },
        { name: 'sources\\s.yaml', text: 'x', made: 'fat' },
      ],
      ['644 p.json', '755 sources/', '644 sources/s.yaml'],
      [
        'replaced "\\" by "/" in the names of 1 entry',
        'added the folder sources/',
        'gave sources/s.yaml the mode 0644 (was none)',
      ],
    ],
    [
      'parents missing or behind their children, setuid, a script',
      [
        { name: 'm/v/x.sh', text: '#!/bin/sh\n', mode: '104755' },
        { name: 'm/v/', dir: true },
        { name: 'p.json', text: MANIFEST },
      ],
      ['755 m/', '755 m/v/', '755 m/v/x.sh', '644 p.json'],
      ['added the folder m/', 'gave m/v/x.sh the mode 0755 (was 4755)'],
    ],
    [
      'links to a file and to a folder',
      [
        { name: 'p.json', text: MANIFEST },
        { name: 'lib/a.so.1', text: 'x' },
        { name: 'lib/a.so', text: 'a.so.1', mode: '120777' },
        { name: 'more', text: './lib/', mode: '120777' },
      ],
      ['755 lib/', '644 lib/a.so', '644 lib/a.so.1', '755 more/', '644 more/a.so.1', '644 p.json'],
      [
        'added the folder lib/',
        'replaced the link lib/a.so by what it leads to',
        'replaced the link more by what it leads to',
      ],
    ],
    [
      'secrets and other zips',
      [
        { name: 'p.json', text: MANIFEST },
        { name: '.env', text: 'x' },
        { name: 'old.zip', text: 'x' },
        { name: 'key', text: fakePem('PRIVATE KEY') },
      ],
      ['644 p.json'],
      [],
    ],
    [
      'what the lists in it leave out',
      [
        { name: 'p/p.json', text: MANIFEST },
        { name: 'p/main.py', text: 'x', mode: '755' },
        { name: 'p/.kpluginignore', text: '/tests/\nmain.py\n' },
        { name: 'p/tests/a.py', text: 'x' },
        { name: 'p/tests/b.py', text: 'x' },
        { name: 'p/__pycache__/a.pyc', text: 'x' },
      ],
      ['755 main.py', '644 p.json'],
      [
        'took everything out of the folder p/',
        'left out p/.kpluginignore (.kpluginignore)',
        'left out p/__pycache__/a.pyc (__pycache__/)',
        'left out 2 files (/tests/)',
      ],
    ],
    ['nothing, when it is right', [{ name: 'p.json', text: MANIFEST }], ['644 p.json'], []],
  ])('%s', async (_name, specs, entries, fixed) => {
    const result = await fix(specs);
    expect(result.problems).toEqual([]);
    expect(result.entries).toEqual(entries);
    expect(result.fixed).toEqual(fixed);
  });

  it.each<[string, ZipEntrySpec[], string]>([
    ['a link outside', [{ name: 'x', text: '/etc/passwd', mode: '120777' }], 'symlink-outside'],
    ['a link above', [{ name: 'a/x', text: '../../y', mode: '120777' }], 'symlink-outside'],
    ['a link to nothing', [{ name: 'x', text: 'gone', mode: '120777' }], 'unreadable'],
    ['a link to itself', [{ name: 'x', text: 'x', mode: '120777' }], 'unreadable'],
    ['a pipe', [{ name: 'x', mode: '010644' }], 'unreadable'],
    ['flaw', [{ name: '../x', text: 'x' }], 'path-escape'],
    [
      'the same name twice',
      [
        { name: 'a', text: '1' },
        { name: 'a', text: '2' },
      ],
      'duplicate-entry',
    ],
    ['a name that Windows reserves', [{ name: 'aux.py', text: '1' }], 'bad-name'],
  ])('leaves %s a problem', async (_name, specs, kind) => {
    const { problems } = await fix([{ name: 'p.json', text: MANIFEST }, ...specs]);
    expect(problems.map((problem) => problem.kind)).toContain(kind);
  });

  it('says of secrets and zips why they are left out, or which line lets them in', async () => {
    const { plan } = await fix([
      { name: 'p/p.json', text: MANIFEST },
      { name: 'p/.kpluginignore', text: '!a.zip\n' },
      { name: 'p/a.zip', text: 'x' },
      { name: 'p/p.zip', text: 'x' },
      { name: 'p/.env', text: 'x' },
      { name: 'p/key', text: fakePem('PRIVATE KEY') },
      { name: 'p/link', text: '.env', mode: '120777' },
    ]);
    expect(plan.entries.map(({ path }) => path)).toEqual(['a.zip', 'p.json']);
    expect(strictDecisions(plan, 'p').map(strictNote)).toEqual([
      'left out p/.env (.env: such files often hold passwords and tokens)',
      'packed p/a.zip because line 1 of .kpluginignore names it (such files are most often older packages)',
      expect.stringMatching(
        /^left out p\/key \(it holds a private key in line 1; kplugin never packs/,
      ),
      'left out p/link (.env: such files often hold passwords and tokens)',
      'left out p/p.zip (*.zip: such files are most often older packages)',
    ]);
  });

  it('names what lets a token in, where there is no project, and leaves out test reports', async () => {
    const specs = [
      { name: 'p.json', text: MANIFEST },
      { name: 'r.xml', text: junitXml([]) },
      { name: 'notes.txt', text: `ghp_${repeated('aB3', 36)}\n` },
    ];
    const { plan } = await fix(specs);
    expect(strictDecisions(plan, 'p').map(strictNote)).toEqual([
      'left out notes.txt (it holds a GitHub token in line 1; to keep it, pack the folder of the project in place of ' +
        'the zip, with a line in its .kpluginignore that names the file (!…))',
      'left out r.xml (a test report: kplugin test --junit wrote it, and no plugin needs it)',
    ]);
  });

  it('does not mind what is wrong with what it drops', async () => {
    const zip = makeZip([
      { name: '.env', text: 'x' },
      { name: 'p.json', text: MANIFEST },
    ]);
    const plan = await planFromZip(await openZipView(withField(zip, 'flags', 0x0801)));
    expect(plan.problems).toEqual([]);
  });

  it.each<[string, Buffer, string]>([
    [
      'damaged',
      craftZip({ entries: [MANIFEST_FILE, { name: 'a', content: 'x', central: { crc: 1 } }] }),
      'unreadable',
    ],
    [
      'encrypted',
      craftZip({
        entries: [MANIFEST_FILE, { name: 'a', content: 'x', flags: 1, central: { crc: 1 } }],
      }),
      'encrypted',
    ],
    ['ambiguous', craftZip({ entries: [MANIFEST_FILE], zip64: { records: 5n } }), 'ambiguous'],
    [
      'overlapping',
      craftZip({ entries: [MANIFEST_FILE, { name: 'p.json', sameAs: 0 }] }),
      'overlap',
    ],
    [
      'truncated before its end record',
      craftZip({ entries: [MANIFEST_FILE] }).subarray(0, -22),
      'truncated',
    ],
    ['truncated', craftZip({ entries: [MANIFEST_FILE] }).subarray(0, -9), 'bad-directory'],
  ])('leaves what is %s a problem', async (_title, zip, kind) => {
    const { problems } = await planFromZip(await openZipView(zip));
    expect(problems.map((problem) => problem.kind)).toContain(kind);
  });

  it('repairs what is untidy, and writes names of a code page in UTF-8', async () => {
    const zip = await openZipView(
      craftZip({
        entries: [MANIFEST_FILE, { name: Buffer.from([0xc4, 0xa3, 0xd0, 0xcd]), content: 'x' }],
        trailing: Buffer.from('\n'),
      }),
    );
    const plan = await planFromZip(zip);
    expect(plan.problems).toEqual([]);
    expect(plan.entries.map(({ path }) => path)).toEqual(['p.json', '模型']);
    expect(fixedFaults(zip, plan)).toEqual([
      'wrote the name 模型 in UTF-8; the zip does not name the encoding, GBK is likely (another: --name-encoding)',
      'repaired: 1 byte behind its end is not part of any entry',
    ]);
  });

  it('follows many links to a large folder no further than a package may have entries', async () => {
    const files = Array.from({ length: 400 }, (_, at) => ({ name: `d/f${at}` }));
    const links = Array.from({ length: 400 }, (_, at) => ({
      name: `l${at}`,
      text: 'd',
      mode: '120777',
    }));
    const { problems } = await fix([{ name: 'p.json', text: MANIFEST }, ...files, ...links]);
    expect(problems.map(({ kind }) => kind)).toContain('too-many-entries');
  });

  it('follows a link beside thousands of deep paths', { timeout: 180_000 }, async () => {
    const deep = 'a/'.repeat(60);
    const files = Array.from({ length: 5000 }, (_, index) => ({ name: `${deep}${index}` }));
    const link = { name: 'l', text: deep, mode: '120777' };
    const zip = await openZipView(makeZip([{ name: 'p.json', text: MANIFEST }, link, ...files]));
    const { entries, problems } = await planFromZip(zip);
    expect(problems).toEqual([]);
    expect(entries.filter(({ path }) => path.startsWith('l/'))).toHaveLength(5000);
  });

  it('fails where damaged content is asked for', async () => {
    const zip = await openZipView(withDamage(makeZip([{ name: 'a.txt', text: 'hello hello' }])));
    const [entry] = (await planFromZip(zip)).entries;
    await expect(entry?.content?.bytes()).rejects.toThrow();
  });
});

describe('the folders around a plugin', () => {
  it.each([
    [['p/p.json', 'p/main.py'], 'p/'],
    [['a/b/c.json', 'a/b/d/e'], 'a/b/'],
    [['p.json', 'p/main.py'], ''],
    [['sources/s.yaml'], ''],
    [['p/sources/s.yaml'], 'p/'],
    [['a/x', 'b/x'], ''],
    [[], ''],
  ])('%j: %j', (paths, expected) => {
    expect(wrappingOf(paths)).toBe(expected);
  });
});

it('says which compressed files were searched in part', async () => {
  const inner = craftZip({ entries: [{ name: 'a', content: 'a', flags: 1 }] });
  const outer = craftZip({
    entries: [
      { name: 'p/p.json', content: MANIFEST },
      { name: 'p/main.py', content: '' },
      { name: 'p/z.whl', content: inner },
      { name: 'p/b.whl', content: inner },
      { name: 'p/c.whl', content: craftZip({ entries: [{ name: 'a', content: 'a' }] }) },
    ],
  });
  const zip = await openZipView(outer);
  expect((await planFromZip(zip)).searchedInPart).toEqual([
    { path: 'b.whl', why: 'encrypted' },
    { path: 'z.whl', why: 'encrypted' },
  ]);
});

it('reads and searches no file again that the checks have searched', async () => {
  const zip = await openZipView(
    makeZip([
      MANIFEST_FILE,
      { name: 'main.py', text: '#!/usr/bin/env python3\n' },
      { name: 'settings.txt', text: `token = "ghp_${'A1b2C3d4E5'.repeat(4).slice(0, 36)}"\n` },
      { name: 'report.xml', text: junitXml([]) },
    ]),
  );
  const reads: string[] = [];
  const counted: ZipView = {
    ...zip,
    content(entry) {
      const content = zip.content(entry);
      if (content === null) return null;
      const bytes = (): Promise<Uint8Array> => {
        reads.push(entry.path);
        return content.bytes();
      };
      return { bytes, stream: () => content.stream() };
    },
  };
  const plain = await planFromZip(await openZipView(zip.archive.source.bytes ?? ''));
  await examine(zip, { target: NEWEST_TARGET });
  const plan = await planFromZip(counted);
  expect(plan.decisions).toEqual(plain.decisions);
  expect(plan.entries.map(({ path, mode }) => [path, mode])).toEqual(
    plain.entries.map(({ path, mode }) => [path, mode]),
  );
  // It says what the files are for.
  expect(new Set(reads)).toEqual(new Set(['p.json']));
});

it('has the manifest that the zip has, in whatever order the files of it are', async () => {
  const names = ['p.json', 'main.py', 'P.json'];
  const zip = await openZipView(
    makeZip(names.map((name) => ({ name, text: name === 'main.py' ? 'x' : MANIFEST }))),
  );
  const plan = viewOf(await planFromZip(zip), zip.label);
  expect((await findManifest(plan))?.path).toBe((await findManifest(zip))?.path);
});

describe('the manifest where a link may be it', () => {
  const link = (name: string, to: string) => ({ name, text: to, mode: '120777' });
  const file = (name: string, text = MANIFEST) => ({ name, text });
  const DATA = '{"labels":["a","b"]}';
  it.each([
    ['a link to the manifest', [link('a.json', 'b.json'), file('b.json')], 'b.json', 'b.json'],
    [
      'a link to another one',
      [link('a.json', 'in/m.json'), file('in/m.json'), file('b.json')],
      'b.json',
      'b.json',
    ],
    [
      'a link beside data',
      [file('b.json', DATA), link('z.json', 'in/m.json'), file('in/m.json')],
      null,
      'z.json',
    ],
    ['a link alone', [link('z.json', 'in/m.json'), file('in/m.json')], null, 'z.json'],
    [
      'a link to data',
      [file('b.json'), link('a.json', 'in/d.json'), file('in/d.json', DATA)],
      'b.json',
      'b.json',
    ],
    ['in a folder', [link('x/a.json', 'b.json'), file('x/b.json')], null, 'b.json'],
    [
      'a link of another tool',
      [link('package.json', 'b.json'), file('b.json', '{}')],
      'b.json',
      'b.json',
    ],
  ])('%s', async (_, files, inZip, packed) => {
    const zip = await openZipView(makeZip(files));
    expect((await findManifest(zip))?.path ?? null).toBe(inZip);
    expect((await findManifest(viewOf(await planFromZip(zip), zip.label)))?.path).toBe(packed);
  });
});
