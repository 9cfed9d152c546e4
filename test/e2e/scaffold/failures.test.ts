import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BIN, cleanEnv, type Run } from '../../bin/run.ts';
import { describeOnUnix } from '../../toolchain/require.ts';

describeOnUnix('init where the system lets no larger file be written', () => {
  let base: string;

  beforeEach(async () => {
    base = await mkdtemp(path.join(os.tmpdir(), 'kplugin-limit-'));
  });

  afterEach(() => rm(base, { recursive: true, force: true }));

  /** Files end at 4 KiB (bash counts 1024 bytes, other shells 512), so the larger ones of a project fail half-way. */
  function limited(...args: readonly string[]): Promise<Run> {
    const command = ['-c', 'ulimit -f 4; exec "$@"', 'sh', process.execPath, BIN, ...args];
    return new Promise((resolve) => {
      execFile('sh', command, { cwd: base, env: cleanEnv() }, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
      });
    });
  }

  const FLAGS = ['--language', 'python', '--function', 'to_kwh'];

  test('leaves nothing behind, not even the folder', async () => {
    const run = await limited('init', 'deep/meter', ...FLAGS);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('larger than the limit');
    expect(await readdir(base)).toEqual([]);
  });

  test('puts replaced files back', async () => {
    await mkdir(path.join(base, 'tests'));
    await writeFile(path.join(base, 'main.py'), 'mine');
    const run = await limited('init', '.', '--name', 'meter', ...FLAGS, '--force', '--yes');
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect((await readdir(base)).toSorted()).toEqual(['main.py', 'tests']);
    expect(await readdir(path.join(base, 'tests'))).toEqual([]);
    expect(await readFile(path.join(base, 'main.py'), 'utf8')).toBe('mine');
  });
});
