import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pkg from '../../package.json' with { type: 'json' };
import { cleanEnv, ROOT } from '../bin/run.ts';

const run = promisify(execFile);
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** The package as a user gets it: `npm pack`, then `npm install -g` into a prefix of its own. */
describe('the published package', () => {
  let folder = '';
  let bin = '';

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kplugin-published-'));
    await run(npm, ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], {
      cwd: ROOT,
    });
    const [tarball = ''] = await readdir(folder);
    await run(npm, [
      'install',
      '-g',
      '--silent',
      '--prefix',
      path.join(folder, 'prefix'),
      path.join(folder, tarball),
    ]);
    bin = path.join(folder, 'prefix', process.platform === 'win32' ? 'kplugin.cmd' : 'bin/kplugin');
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const installed = (...args: string[]) => run(bin, args, { cwd: folder, env: cleanEnv() });

  it('answers --version', async () => {
    expect((await installed('--version')).stdout.trim()).toBe(pkg.version);
  });

  it('finds its schemas', async () => {
    const { stdout } = await installed('schema', 'manifest');
    expect(JSON.parse(stdout)).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
    });
  });

  it('finds its templates, and validates and packs what they make', async () => {
    const args = [
      'init',
      'made',
      '--language',
      'python',
      '--function',
      'made_fn',
      '--yes',
      '--json',
    ];
    expect(JSON.parse((await installed(...args)).stdout)).toMatchObject({ ok: true });
    const validated = JSON.parse(
      (await installed('validate', 'made', '--strict', '--json')).stdout,
    );
    expect(validated).toMatchObject({ ok: true, data: { findings: [] } });
    expect(
      JSON.parse((await installed('pack', 'made', '-o', 'made.zip', '--json')).stdout),
    ).toMatchObject({ ok: true });
    expect(await readdir(folder)).toContain('made.zip');
  });

  it('brings no dependency of its own to install: everything is bundled', async () => {
    const modules = path.join(folder, 'prefix/lib/node_modules/kplugin/node_modules');
    await expect(readdir(modules)).rejects.toThrow(/ENOENT/);
  });
});
