import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { cleanEnv, ROOT } from '../bin/run.ts';
import { npmSdk } from '../toolchain/npm.ts';
import { systemPython } from '../toolchain/python.ts';
import { describeOnUnixWith } from '../toolchain/require.ts';

const run = promisify(execFile);

async function tour(...language: readonly string[]): Promise<void> {
  const { stdout } = await run('npm', ['run', '--silent', 'quickstart', '--', ...language], {
    cwd: ROOT,
    env: cleanEnv(),
  });
  const typed = stdout.split('\n').filter((line) => line.startsWith('$ kplugin '));
  expect(typed.map((line) => line.split(' ')[2])).toEqual([
    ...['init', 'test', 'pack', 'serve', 'install', 'list', 'status', 'remove'],
  ]);
  expect(stdout).toMatch(/^21 passed/m);
  expect(stdout).toContain('handshake after');
  expect(stdout).toMatch(/hello 0\.1\.0 on 127\.0\.0\.1:\d+: running/);
  expect(stdout).toContain('stopped: nothing is left running');
}

await describeOnUnixWith('the first command of the README', npmSdk, () => {
  it('goes the whole way and says each step as one would type it', () => tour());
});

await describeOnUnixWith('the quickstart in Python', systemPython, () => {
  it('goes the same way', () => tour('python'));
});
