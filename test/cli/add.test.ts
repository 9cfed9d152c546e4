import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { kplugin } from '../bin/run.ts';

let cwd: string;

beforeEach(async () => {
  cwd = await mkdtemp(path.join(os.tmpdir(), 'kplugin-add-'));
  const run = await kplugin(
    [
      'init',
      '.',
      '--name',
      'meter',
      '--language',
      'python',
      '--source',
      'pulse',
      '--author',
      'Jane <j@x.org>',
      '-q',
    ],
    { cwd },
  );
  expect(run).toMatchObject({ code: 0, stderr: '' });
});

afterEach(() => rm(cwd, { recursive: true, force: true }));

const read = (file: string): Promise<string> => readFile(path.join(cwd, file), 'utf8');

async function snapshot(): Promise<Record<string, string>> {
  const entries = await readdir(cwd, { recursive: true, withFileTypes: true });
  const rows = entries
    .filter((entry) => entry.isFile())
    .map(async (entry): Promise<[string, string]> => {
      const file = path.join(entry.parentPath, entry.name);
      return [path.relative(cwd, file), await readFile(file, 'utf8')];
    });
  return Object.fromEntries((await Promise.all(rows)).sort());
}

describe('add', () => {
  test('brings everything that a function needs', async () => {
    const run = await kplugin(['add', 'function', 'to_kwh'], { cwd });
    expect(run.code).toBe(0);
    await expect(run.stdout).toMatchFileSnapshot('golden/add-function.txt');
    await expect(await read('main.py')).toMatchFileSnapshot('golden/add-function-main.py.txt');
    expect(await read('meter.json')).toContain('"functions": ["to_kwh"]');
    expect(JSON.parse(await read('functions/to_kwh.json')).about.author.name).toBe('Jane');
  });

  test('keeps what the author wrote', async () => {
    const mine = (await read('main.py')).replace('sinks={},', 'sinks={},  # none yet');
    await writeFile(path.join(cwd, 'main.py'), mine);
    await writeFile(path.join(cwd, 'symbols/rows.py'), '# mine\n');
    expect(await kplugin(['add', 'sink', 'ledger', '-q'], { cwd })).toMatchObject({ code: 0 });
    expect(await read('symbols/rows.py')).toBe('# mine\n');
    expect(await read('main.py')).toContain('"ledger": LedgerSink,\n    },  # none yet\n');
  });

  test('says which lines to add where it does not know the main program', async () => {
    await writeFile(path.join(cwd, 'main.py'), 'from mine import start\n\nstart()\n');
    const run = await kplugin(['add', 'sink', 'ledger'], { cwd });
    expect(run.code).toBe(0);
    await expect(run.stdout).toMatchFileSnapshot('golden/add-manual.txt');
    expect(await read('main.py')).toBe('from mine import start\n\nstart()\n');
    expect(await read('meter.json')).toContain('"ledger"');
    const json = await kplugin(['add', 'sink', 'other', '--json'], { cwd });
    expect(JSON.parse(json.stdout).data.manual).toEqual([
      {
        file: 'main.py',
        where: 'beside the imports',
        line: 'from symbols.other_sink import OtherSink',
      },
      { file: 'main.py', where: 'among the sinks of PluginConfig', line: '"other": OtherSink,' },
    ]);
  });

  test('puts code beside a main program that is in a folder of its own', async () => {
    const manifest = { version: '1', language: 'python', executable: 'app/run.py' };
    await writeFile(path.join(cwd, 'meter.json'), JSON.stringify(manifest));
    await mkdir(path.join(cwd, 'app'));
    await writeFile(path.join(cwd, 'app/run.py'), await read('main.py'));
    const run = await kplugin(['add', 'function', 'to_kwh', '--json'], { cwd });
    const { files }: { files: readonly { path: string }[] } = JSON.parse(run.stdout).data;
    expect(files.map((file) => file.path)).toEqual([
      'app/ekuiper_update_workaround.py',
      'app/run.py',
      'app/symbols/__init__.py',
      'app/symbols/to_kwh_function.py',
      'app/tests/__init__.py',
      'app/tests/test_to_kwh_function.py',
      'functions/to_kwh.json',
      'meter.json',
      // Cases belong to the project, wherever its code is.
      'tests/to_kwh_function.yaml',
    ]);
    expect(await read('app/run.py')).toContain('ekuiper_update_workaround.install(CONFIG)');
  });

  test('keeps the workaround of a project of an earlier init, and brings no second one', async () => {
    const main = await read('main.py');
    const earlier = main.replaceAll('ekuiper_update_workaround', 'ekuiper_update_cure');
    await writeFile(path.join(cwd, 'main.py'), earlier);
    await rm(path.join(cwd, 'ekuiper_update_workaround.py'));
    await writeFile(path.join(cwd, 'ekuiper_update_cure.py'), '# as it was\n');
    expect(await kplugin(['add', 'function', 'to_kwh', '-q'], { cwd })).toMatchObject({ code: 0 });
    expect(await read('main.py')).not.toContain('ekuiper_update_workaround');
    expect(await readdir(cwd)).not.toContain('ekuiper_update_workaround.py');
    expect(await read('ekuiper_update_cure.py')).toBe('# as it was\n');
  });

  test('several at once are all added, also after one that was killed', async () => {
    // No process has this id: Linux ends at 4194304.
    const killed = JSON.stringify({ pid: 999_999_999, on: os.hostname(), id: 'x' });
    await writeFile(path.join(cwd, '.kplugin-add.lock'), killed);
    const names = ['one', 'two', 'three', 'four'];
    const runs = names.map((name) => kplugin(['add', 'function', name, '-q'], { cwd }));
    expect((await Promise.all(runs)).map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    const [manifest, main] = [await read('meter.json'), await read('main.py')];
    for (const name of names) {
      expect(JSON.parse(manifest).functions).toContain(name);
      expect(main).toContain(`"${name}": `);
    }
    expect((await readdir(cwd)).filter((name) => name.startsWith('.kplugin-'))).toEqual([]);
  });

  test('works from elsewhere, and with --dry-run only says so', async () => {
    const before = await snapshot();
    const run = await kplugin(['add', 'sink', 'ledger', '--dir', cwd, '--dry-run', '--json'], {});
    expect(JSON.parse(run.stdout)).toMatchObject({ ok: true, data: { dryRun: true, folder: cwd } });
    expect(await snapshot()).toEqual(before);
  });

  const refused: readonly (readonly [string, readonly string[], string])[] = [
    ['another kind', ['add', 'sauce', 'x'], 'no kind'],
    ['no symbol', ['add', 'sink'], 'missing required argument'],
    ['a symbol that is there', ['add', 'source', 'pulse'], 'already a source'],
    ['the same in other letters', ['add', 'source', 'Pulse'], 'letter case'],
    ['a built-in', ['add', 'source', 'mqtt'], 'built-in'],
    ['a bad name', ['add', 'source', '../x'], 'only hold'],
    ['a file that is there', ['add', 'sink', 'taken'], 'sinks/taken.json'],
    ['a folder without a project', ['add', 'sink', 'x', '--dir', 'symbols'], 'no manifest'],
    ['a folder that is missing', ['add', 'sink', 'x', '--dir', 'nowhere'], 'no manifest'],
  ];
  test.each(refused)('refuses %s and changes nothing', async (_, argv, words) => {
    await kplugin(['add', 'sink', 'other', '-q'], { cwd });
    await writeFile(path.join(cwd, 'sinks/taken.json'), '{}');
    const before = await snapshot();
    const run = await kplugin(argv, { cwd });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(words);
    expect(await snapshot()).toEqual(before);
  });

  test.each([
    ['{"language": "rust", "executable": "x", "sinks": ["a"]}', 'rust'],
    ['{"language": "python", "executable": "main.py",}', 'cannot be read'],
    ['{"language": "python", "executable": "main.py", "sinks": "a"}', 'no array'],
  ])('refuses the manifest %s', async (manifest, words) => {
    await writeFile(path.join(cwd, 'meter.json'), manifest);
    const before = await snapshot();
    const run = await kplugin(['add', 'sink', 'x'], { cwd });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(words);
    expect(await snapshot()).toEqual(before);
  });
});
