import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { kplugin } from '../bin/run.ts';

let base: string;
let cwd: string;
let count = 0;

beforeAll(async () => {
  base = await mkdtemp(path.join(os.tmpdir(), 'kplugin-init-'));
});

afterAll(() => rm(base, { recursive: true, force: true }));

beforeEach(async () => {
  count += 1;
  cwd = path.join(base, String(count));
  await mkdir(cwd);
});

const FLAGS = ['--language', 'python', '--function', 'to_kwh'];

describe('init', () => {
  test('says what it wrote and what to type next', async () => {
    const run = await kplugin(['init', 'meter', ...FLAGS, '--source', 'pulse'], { cwd });
    expect(run.code).toBe(0);
    await expect(run.stdout).toMatchFileSnapshot('golden/init-python.txt');
    await expect(run.stderr).toMatchFileSnapshot('golden/init-python-next.txt');
  });

  test.each([
    ['con', [], '"con" cannot be a file name on Windows'],
    ['con', FLAGS, '"con" cannot be a file name on Windows'],
    ['sinks', FLAGS, '"sinks" is the name of a folder that eKuiper unpacks elsewhere'],
    ['计数器', FLAGS, '"计数器" has no letter or digit that a name may hold'],
  ])(
    'says why the folder %s gives no name where nobody can be asked: %j',
    async (name, flags, why) => {
      const run = await kplugin(['init', name, ...flags], { cwd });
      expect(run).toMatchObject({ code: 2, stdout: '' });
      expect(run.stderr).toContain('error: missing: --name');
      expect(run.stderr).toContain(`why  the plugin cannot have the name of the folder: ${why}`);
      expect(existsSync(path.join(cwd, name))).toBe(false);
    },
  );

  test('tells a Go author what an update does', async () => {
    const run = await kplugin(['init', 'meter', '--language', 'go', '--function', 'to_kwh'], {
      cwd,
    });
    expect(run.code).toBe(0);
    await expect(run.stdout).toMatchFileSnapshot('golden/init-go.txt');
  });

  test('answers with one envelope under --json', async () => {
    const run = await kplugin(['init', 'meter', ...FLAGS, '--json'], { cwd });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(run.stdout)).toMatchObject({
      ok: true,
      command: 'init',
      data: {
        name: 'meter',
        version: '0.1.0',
        language: 'python',
        symbols: [{ kind: 'function', name: 'to_kwh' }],
        folder: path.join(cwd, 'meter'),
        dryRun: false,
      },
      error: null,
    });
    const { files } = JSON.parse(run.stdout).data;
    expect(files).toContainEqual({ path: 'meter.json', state: 'new' });
    for (const file of files) expect(existsSync(path.join(cwd, 'meter', file.path))).toBe(true);
  });

  test('writes into the current folder, named after it', async () => {
    const folder = path.join(cwd, 'My Meter');
    await mkdir(path.join(folder, '.git'), { recursive: true });
    const run = await kplugin(['init', ...FLAGS, '--quiet'], { cwd: folder });
    expect(run).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await readdir(folder)).toContain('My-Meter.json');
  });

  test('takes flags from the environment', async () => {
    const env = { KPLUGIN_LANGUAGE: 'go', KPLUGIN_SINK: 'a,b', KPLUGIN_AUTHOR: 'Jane <j@x.org>' };
    const run = await kplugin(['init', 'meter', '--json'], { cwd, env });
    expect(run.code).toBe(0);
    const json = await readFile(path.join(cwd, 'meter/sinks/b.json'), 'utf8');
    expect(JSON.parse(json).about.author).toMatchObject({ name: 'Jane', email: 'j@x.org' });
  });

  test('with --dry-run writes nothing', async () => {
    const run = await kplugin(['init', 'meter', ...FLAGS, '--dry-run'], { cwd });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('Would write');
    expect(await readdir(cwd)).toEqual([]);
  });

  const refused: readonly (readonly [string, readonly string[], string])[] = [
    ['no answers', ['init', 'meter'], '--language'],
    ['no answers, although yes', ['init', 'meter', '--yes'], '--language'],
    ['no symbol', ['init', 'meter', '--language', 'go'], '--function'],
    ['another language', ['init', 'meter', '--language', 'rust', '--sink', 'a'], 'rust'],
    ['a bad name', ['init', 'meter', ...FLAGS, '--name', 'a b'], '--name'],
    ['a bad version', ['init', 'meter', ...FLAGS, '--plugin-version', 'a b'], '--plugin-version'],
    ['a built-in', ['init', 'meter', ...FLAGS, '--sink', 'mqtt'], 'built-in'],
    ['two folders', ['init', 'meter', 'other', ...FLAGS], 'too many arguments'],
    ['a folder below a file', ['init', 'file/meter', ...FLAGS], 'file'],
    ['a file', ['init', 'file', ...FLAGS], 'not a folder'],
    ['a folder that is not empty', ['init', '.', ...FLAGS], 'not empty'],
  ];
  test.each(refused)('refuses %s and writes nothing', async (_, argv, words) => {
    await writeFile(path.join(cwd, 'file'), '');
    const run = await kplugin(argv, { cwd });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(words);
    expect(await readdir(cwd)).toEqual(['file']);
  });
});

describe('init --force', () => {
  const force = ['init', '.', '--name', 'meter', ...FLAGS, '--force'];

  test('adds to what is there', async () => {
    await writeFile(path.join(cwd, 'notes.txt'), 'mine');
    expect(await kplugin([...force, '--quiet'], { cwd })).toMatchObject({ code: 0 });
    expect(await readFile(path.join(cwd, 'notes.txt'), 'utf8')).toBe('mine');
    expect(await readdir(cwd)).toContain('main.py');
  });

  test('replaces no file without a yes, and lists what it would replace', async () => {
    await writeFile(path.join(cwd, 'main.py'), 'mine');
    const run = await kplugin(force, { cwd });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('main.py');
    expect(run.stderr).toContain('--yes');
    expect(await readdir(cwd)).toEqual(['main.py']);
    expect(await readFile(path.join(cwd, 'main.py'), 'utf8')).toBe('mine');
  });

  test('replaces it with a yes and says so', async () => {
    await writeFile(path.join(cwd, 'main.py'), 'mine');
    const run = await kplugin([...force, '--yes'], { cwd });
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('main.py  replaced');
    expect(await readFile(path.join(cwd, 'main.py'), 'utf8')).toContain('PluginConfig');
  });

  test('never replaces a folder', async () => {
    await mkdir(path.join(cwd, 'main.py'));
    const run = await kplugin([...force, '--yes'], { cwd });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('main.py');
    expect(await readdir(cwd)).toEqual(['main.py']);
  });
});
