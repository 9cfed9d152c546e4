import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { kplugin } from '../bin/run.ts';

let base: string;
let cwd: string;
let count = 0;

beforeAll(async () => {
  base = await mkdtemp(path.join(os.tmpdir(), 'kplugin-init-ts-'));
});

afterAll(() => rm(base, { recursive: true, force: true }));

beforeEach(async () => {
  count += 1;
  cwd = path.join(base, String(count));
  await mkdir(cwd);
});

const INIT = ['init', 'meter', '--language', 'typescript', '--function', 'to_kwh'];

async function packageJson(folder = 'meter') {
  return JSON.parse(await readFile(path.join(cwd, folder, 'package.json'), 'utf8'));
}

describe('init --language typescript', () => {
  test('says what it wrote and what to type next', async () => {
    const flags = ['--source', 'pulse', '--sink', 'ledger', '--sdk', '^0.1.0'];
    const run = await kplugin([...INIT, ...flags], { cwd });
    expect(run.code).toBe(0);
    await expect(run.stdout).toMatchFileSnapshot('golden/init-typescript.txt');
    await expect(run.stderr).toMatchFileSnapshot('golden/init-typescript-next.txt');
  });

  test('writes a manifest that eKuiper takes, for a file that is executed as it is', async () => {
    expect(await kplugin([...INIT, '-q'], { cwd })).toMatchObject({ code: 0 });
    expect(JSON.parse(await readFile(path.join(cwd, 'meter/meter.json'), 'utf8'))).toEqual({
      version: '0.1.0',
      language: 'go',
      executable: 'meter',
      sources: [],
      sinks: [],
      functions: ['to_kwh'],
    });
    const main = await readFile(path.join(cwd, 'meter/src/main.ts'), 'utf8');
    expect(main).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(main).toContain('"go" means that the file is executed as it is');
  });

  test('depends on the checkout that it runs from, and says so', async () => {
    const run = await kplugin([...INIT, '--json'], { cwd });
    const { notes }: { notes: readonly string[] } = JSON.parse(run.stdout).data;
    expect(notes).toEqual([expect.stringContaining('Write ^0.1.0 there once npm has it')]);
    const { devDependencies } = await packageJson();
    const place = path.resolve(cwd, 'meter', devDependencies.kplugin.replace(/^file:/, ''));
    expect(JSON.parse(await readFile(path.join(place, 'package.json'), 'utf8')).name).toBe(
      'kplugin',
    );
  });

  const specs: readonly (readonly [string, string])[] = [
    ['next', 'next'],
    ['^1.2.0', '^1.2.0'],
    ['kplugin.tgz', 'file:../kplugin.tgz'],
    ['./kplugin.tgz', 'file:../kplugin.tgz'],
    ['gone.tgz', 'gone.tgz'],
    ['https://example.com/kplugin.tgz', 'https://example.com/kplugin.tgz'],
    ['file:../kplugin.tgz', 'file:../kplugin.tgz'],
  ];
  test.each(specs)('depends on --sdk %s as %s', async (sdk, written) => {
    await Promise.all(['kplugin.tgz', 'next'].map((file) => writeFile(path.join(cwd, file), '')));
    const run = await kplugin([...INIT, '-q'], { cwd, env: { KPLUGIN_SDK: sdk } });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect((await packageJson()).devDependencies.kplugin).toBe(written);
  });

  test('calls the program otherwise where a folder has its name', async () => {
    const run = await kplugin([...INIT, '--name', 'Src', '-q'], { cwd });
    expect(run.code).toBe(0);
    const manifest = JSON.parse(await readFile(path.join(cwd, 'meter/Src.json'), 'utf8'));
    expect(manifest.executable).toBe('Src.cjs');
    expect((await packageJson()).scripts.build).toMatch(/ --outfile=Src\.cjs$/);
    expect(await readFile(path.join(cwd, 'meter/.gitignore'), 'utf8')).toContain('/Src.cjs\n');
  });

  test('refuses a name whose manifest would be a file of npm', async () => {
    const run = await kplugin([...INIT, '--name', 'package'], { cwd });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('package.json');
  });
});
