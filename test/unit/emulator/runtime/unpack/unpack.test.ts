import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Home, homeAt, makeHome } from '../../../../../src/emulator/runtime/home.ts';
import { unpack } from '../../../../../src/emulator/runtime/unpack/unpack.ts';
import { TARGET_NAMES, type Target } from '../../../../../src/model/target.ts';
import { withField } from '../../../../fixtures/hostile-zip.ts';
import { isRunning } from '../../../../fixtures/is-running.ts';
import { makeZip, type ZipEntrySpec } from '../../../../fixtures/make-zip.ts';

const MANIFEST = {
  name: 'unp.json',
  text: '{"language":"go","executable":"run","functions":["unpfn"]}',
};
const RUN = { name: 'run', text: '#!/bin/sh\n', mode: '755' };

let folder = '';
const never = new AbortController().signal;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kplugin-unpack-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Unpacks these entries after the manifest and the program; resolves with the home or the words of the refusal. */
async function unpackWith(
  target: Target,
  entries: readonly ZipEntrySpec[],
  paras: readonly string[] = [],
): Promise<{ home: Home; words: string | null }> {
  const home = homeAt(path.join(folder, 'a', 'b', 'home'), target);
  await makeHome(home);
  const zip = path.join(folder, 'p.zip');
  await writeFile(zip, makeZip([MANIFEST, RUN, ...entries]));
  const env = { PATH: '/usr/bin:/bin', GREETING: 'hello' };
  const done = unpack(zip, 'unp', paras, { home, target, env, signal: never });
  const words = await done.then(
    () => null,
    (error: Error) => error.message,
  );
  return { home, words };
}

async function everything(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  return files
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

describe('where a zip may write', () => {
  const FAR = '../../../../../evil.txt';

  test.each(TARGET_NAMES)('never outside the home, as eKuiper %s', async (target) => {
    const { words } = await unpackWith(target, [{ name: FAR, text: 'x' }]);
    expect(words).toMatch(/escapes from parent|path traversal|leads out of its home/);
    expect(await everything()).toEqual(['p.zip']);
  });

  test.each(TARGET_NAMES)('nor makes a folder there, as eKuiper %s', async (target) => {
    const { words } = await unpackWith(target, [{ name: `${FAR}/`, dir: true }]);
    expect(words).toMatch(/escapes from parent|path traversal|leads out of its home/);
    expect(await readdir(folder)).toEqual(['a', 'p.zip']);
  });

  test.each(TARGET_NAMES)(
    'whatever the names, as eKuiper %s',
    { timeout: 180_000 },
    async (target) => {
      const part = fc.constantFrom(
        '..',
        '.',
        '',
        'a',
        'sources',
        'functions',
        '...',
        '..\\..',
        'C:',
      );
      const name = fc.array(part, { minLength: 1, maxLength: 9 }).map((parts) => parts.join('/'));
      await fc.assert(
        fc.asyncProperty(fc.array(name, { maxLength: 4 }), async (names) => {
          const entries = names.map((one) =>
            one.endsWith('/') ? { name: one, dir: true } : { name: one, text: 'x' },
          );
          await unpackWith(target, entries);
          const outside = (await everything()).filter((file) => !file.startsWith('a/b/home/'));
          expect(outside).toEqual(['p.zip']);
        }),
        { numRuns: 25 },
      );
    },
  );

  test('an old eKuiper would have, and the refusal says where', async () => {
    const { words } = await unpackWith('2.1', [{ name: FAR, text: 'x' }]);
    expect(words).toContain('kplugin serve refuses');
    expect(words).toContain(`eKuiper 2.1 would have written ${path.join(folder, 'a', 'evil.txt')}`);
  });

  test('a link in a zip becomes a text file before 2.2', async () => {
    const { home, words } = await unpackWith('2.1', [
      { name: 'link', text: '/etc/passwd', mode: '120777' },
    ]);
    expect(words).toBeNull();
    expect(await readFile(path.join(home.plugins, 'unp/link'), 'utf8')).toBe('/etc/passwd');
  });

  test('the exec bit comes from the zip, setuid never', async () => {
    const { home } = await unpackWith('2.1', [{ name: 'tool', text: 'x', mode: '104755' }]);
    const modeOf = async (name: string) => (await stat(path.join(home.plugins, 'unp', name))).mode;
    expect((await modeOf('run')) & 0o100).toBe(0o100);
    expect((await modeOf('tool')) & 0o7000).toBe(0);
    expect((await modeOf('unp.json')) & 0o111).toBe(0);
  });
});

describe('what eKuiper says to a zip', () => {
  const deep = { name: 'models/v1/m.txt', text: 'm' };
  const folders = [
    { name: 'models/', dir: true },
    { name: 'models/v1/', dir: true },
  ];
  const CASES: readonly [string, Target, readonly ZipEntrySpec[], string | null][] = [
    ['parents made on demand', '2.3', [deep], null],
    ['one level only', '2.4', [deep], 'mkdirat models/v1: no such file or directory'],
    ['folders first', '2.4', [...folders, deep], null],
    ['folders last', '2.4', [deep, ...folders], 'mkdirat models/v1: no such file or directory'],
    [
      'a folder entry without its parent',
      '2.4',
      [{ name: 'models/v1/', dir: true }],
      'mkdirat models/v1: no such file or directory',
    ],
    ['an absolute name, old', '2.1', [{ name: '/x.txt', text: 'x' }], null],
    [
      'an absolute name, new',
      '2.2',
      [{ name: '/x.txt', text: 'x' }],
      'openat /x.txt: path escapes from parent',
    ],
    [
      'setuid',
      '2.2',
      [{ name: 'tool', text: 'x', mode: '104755' }],
      'openat tool: unsupported file mode',
    ],
    [
      'a file where a folder must be',
      '2.1',
      [
        { name: 'a', text: 'x' },
        { name: 'a/b', text: 'x' },
      ],
      'failed to delete file $HOME/plugins/portable/unp/a/b',
    ],
    [
      'a file where a folder must be',
      '2.4',
      [
        { name: 'a', text: 'x' },
        { name: 'a/b', text: 'x' },
      ],
      'openat a/b: not a directory',
    ],
    [
      'a file where a full folder is',
      '2.4',
      [
        { name: 'a/b', text: 'x' },
        { name: 'a', text: 'x' },
      ],
      'openat a: is a directory',
    ],
    [
      'a file where a full folder is',
      '2.1',
      [
        { name: 'a/b', text: 'x' },
        { name: 'a', text: 'x' },
      ],
      null,
    ],
    [
      'a file where an empty folder is',
      '2.4',
      [
        { name: 'a/', dir: true },
        { name: 'a', text: 'x' },
      ],
      null,
    ],
    [
      'a folder where a file is',
      '2.4',
      [
        { name: 'a', text: 'x' },
        { name: 'a/', dir: true },
      ],
      null,
    ],
  ];

  test.each(CASES)('%s, %s', async (_title, target, entries, expected) => {
    const { home, words } = await unpackWith(target, entries);
    expect(words?.replaceAll(home.root, '$HOME') ?? null).toBe(expected);
  });

  test('more than any plugin needs is refused before it is written', async () => {
    const home = homeAt(path.join(folder, 'home'), '2.4');
    await makeHome(home);
    const bytes = withField(makeZip([MANIFEST, RUN]), 'size', 0xfffffff0);
    const zip = path.join(folder, 'p.zip');
    await writeFile(zip, bytes);
    const options = { home, target: '2.4', env: {}, signal: never } as const;
    await expect(unpack(zip, 'unp', [], options)).rejects.toThrow('kplugin serve refuses the zip');
    expect(await readdir(home.plugins)).toEqual([]);
  });

  test('an entry whose content was changed', async () => {
    const home = homeAt(path.join(folder, 'home'), '2.4');
    await mkdir(home.plugins, { recursive: true });
    const bytes = withField(makeZip([MANIFEST, RUN]), 'crc', 12345);
    const zip = path.join(folder, 'p.zip');
    await writeFile(zip, bytes);
    const options = { home, target: '2.4', env: {}, signal: never } as const;
    await expect(unpack(zip, 'unp', [], options)).rejects.toThrow('zip: checksum error');
  });
});

describe('what is under way', () => {
  const many = Array.from({ length: 1500 }, (_, index) => ({ name: `x${index}`, text: 'x' }));

  test('ends when the host closes, and its files go', async () => {
    const home = homeAt(path.join(folder, 'home'), '2.4');
    await makeHome(home);
    const zip = path.join(folder, 'p.zip');
    await writeFile(zip, makeZip([MANIFEST, RUN, ...many]));
    const stop = new AbortController();
    const done = unpack(zip, 'unp', [], { home, target: '2.4', env: {}, signal: stop.signal });
    const unpacked = path.join(home.plugins, 'unp');
    let seen = 0;
    // Between two batches others have their turn: here, and where signals are heard.
    const look = (): void => {
      seen = existsSync(unpacked) ? readdirSync(unpacked).length : 0;
      if (seen > 300) stop.abort();
      else setImmediate(look);
    };
    look();
    await expect(done).rejects.toThrow('kplugin ended before the zip was unpacked');
    expect(seen).toBeLessThan(many.length);
    expect(await readdir(home.plugins)).toEqual([]);
  });

  test('a name that comes 1,500 times is the last of them', async () => {
    const again = many.map((_, index) => ({ name: 'same', text: String(index) }));
    for (const target of ['2.1', '2.4'] as const) {
      const { home, words } = await unpackWith(target, again);
      expect(words).toBeNull();
      expect(await readFile(path.join(home.plugins, 'unp/same'), 'utf8')).toBe('1499');
    }
  });

  test('content of more than a megabyte comes through whole', async () => {
    const text = 'eKuiper'.repeat(300_000);
    const { home, words } = await unpackWith('2.4', [{ name: 'large', text }]);
    expect(words).toBeNull();
    expect(await readFile(path.join(home.plugins, 'unp/large'), 'utf8')).toBe(text);
  });
});

describe('a manifest that is there twice', () => {
  const BROKEN = { name: 'unp.json', text: '{' };
  const OTHER = { name: 'unp.json', text: MANIFEST.text.replace('"run"', '"other"') };
  test.each<[Target, ZipEntrySpec, string | null]>([
    ['1.14', OTHER, 'missing other'],
    ['1.14', BROKEN, 'unexpected end of JSON input'],
    ['2.0', OTHER, null],
    ['2.0', BROKEN, null],
    ['2.4', OTHER, null],
  ])('eKuiper %s', async (target, last, expected) => {
    expect((await unpackWith(target, [last])).words).toBe(expected);
  });
});

describe('install.sh', () => {
  test('gets each parameter as one argument, the environment, and the folder', async () => {
    const text = 'printf "%s|" "$GREETING" "$@" "$(basename "$PWD")" > out.txt\n';
    const { home, words } = await unpackWith('2.4', [{ name: 'install.sh', text }], ['a b', 'c']);
    expect(words).toBeNull();
    expect(await readFile(path.join(home.plugins, 'unp/out.txt'), 'utf8')).toBe('hello|a b|c|unp|');
  });

  test('with CRLF fails as on a real server', async () => {
    const text = '#!/bin/sh\r\nif true; then\r\necho x\r\nfi\r\n';
    const { words } = await unpackWith('2.4', [{ name: 'install.sh', text }]);
    expect(words).toMatch(/^err:exit status \d+ stdout: stderr:.*yntax error/s);
  });

  test('that never ends is ended with the host, and whatever it started', async () => {
    const home = homeAt(path.join(folder, 'home'), '2.4');
    await makeHome(home);
    const text = 'sleep 600 &\necho $! > ../../../pid.txt\nwait\n';
    const zip = path.join(folder, 'p.zip');
    await writeFile(zip, makeZip([MANIFEST, RUN, { name: 'install.sh', text }]));
    const stop = new AbortController();
    const env = { PATH: '/usr/bin:/bin' };
    const done = unpack(zip, 'unp', [], { home, target: '2.4', env, signal: stop.signal });
    const file = path.join(home.root, 'pid.txt');
    await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toMatch(/^\d+\n$/);
    stop.abort();
    await expect(done).rejects.toThrow('err:signal: killed');
    const pid = Number(await readFile(file, 'utf8'));
    await expect.poll(() => isRunning(pid)).toBe(false);
  });
});
