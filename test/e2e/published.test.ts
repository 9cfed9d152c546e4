import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import pkg from '../../package.json' with { type: 'json' };
import { cleanEnv } from '../bin/run.ts';
import { type NpmSdk, npmSdk, useNpmSdk } from '../toolchain/npm.ts';
import { describeOnUnixWith } from '../toolchain/require.ts';

const run = promisify(execFile);

/** The package as a user gets it: what `npm pack` made, installed in an empty folder, where no script of it may run. */
await describeOnUnixWith('the published package', npmSdk, ({ tarball }: NpmSdk) => {
  let folder = '';

  beforeAll(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), 'kplugin-published-')));
    await run('npm', ['install', '--ignore-scripts', '--silent', tarball], { cwd: folder });
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const installed = (...args: string[]) =>
    run(path.join(folder, 'node_modules/.bin/kplugin'), args, { cwd: folder, env: cleanEnv() });
  const json = async (...args: string[]) =>
    JSON.parse((await installed(...args, '--json')).stdout) as unknown;

  it('answers --version', async () => {
    expect((await installed('--version')).stdout.trim()).toBe(pkg.version);
  });

  it('brings no other package along: everything is bundled', async () => {
    const modules = await readdir(path.join(folder, 'node_modules'));
    expect(modules.filter((name) => !name.startsWith('.'))).toEqual(['kplugin']);
  });

  it('finds its schemas', async () => {
    const { stdout } = await installed('schema', 'manifest');
    expect(JSON.parse(stdout)).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
    });
  });

  it('goes from init to a tested package with its own templates and SDK', async () => {
    const symbols = ['--function', 'kpt_published_fn', '--name', 'kpt_published'];
    const made = await json('init', 'made', '--language', 'typescript', ...symbols, '--yes');
    expect(made).toMatchObject({ ok: true });
    await useNpmSdk(path.join(folder, 'made'));
    expect(await json('validate', 'made', '--strict')).toMatchObject({
      ok: true,
      data: { findings: [] },
    });
    expect(await json('pack', 'made', '-o', 'made.zip')).toMatchObject({ ok: true });
    expect(await json('test', 'made', '--skip', 'silence')).toMatchObject({ ok: true });
  });

  it('runs what its files say: one changed letter shows', async () => {
    const dist = path.join(folder, 'node_modules/kplugin/dist');
    const before = (await installed('explain', 'json-comment')).stdout;
    for (const name of await readdir(dist, { recursive: true })) {
      if (!name.endsWith('.cjs')) continue;
      const file = path.join(dist, name);
      const text = await readFile(file, 'utf8');
      await writeFile(file, text.replace('JSON holds a', 'JSON holds A'));
    }
    const after = (await installed('explain', 'json-comment')).stdout;
    expect(before).toContain('JSON holds a');
    expect(after).toBe(before.replace('JSON holds a', 'JSON holds A'));
  });
});
