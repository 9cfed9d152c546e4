import { execFile } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { cleanEnv, ROOT } from '../../bin/run.ts';

/** Runs the tests of a fixture; resolves to what it printed, and whether it went well. */
function run(fixture: string): Promise<{ readonly stdout: string; readonly isWell: boolean }> {
  const program = path.join(ROOT, 'test/fixtures', fixture, 'run.ts');
  return new Promise((resolve) => {
    const args = ['--import', 'tsx', program];
    execFile(process.execPath, args, { cwd: ROOT, env: cleanEnv() }, (error, stdout) =>
      resolve({ stdout, isWell: error === null }),
    );
  });
}

test('faults that were not survived are counted as injected, before the line that ends every run', async () => {
  const { stdout, isWell } = await run('faults-line');
  expect(stdout.trimEnd().split('\n').slice(-2)).toEqual([
    'faults: 6 injected, 3 survived',
    '2 passed, 2 failed, 0 skipped',
  ]);
  expect(isWell).toBe(false);
}, 120_000);
