import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { cleanEnv, ROOT } from '../bin/run.ts';

/** What needs rules is left out: the embedded host has none. */
const SUM = /^eKuiper \S+ \(linux\/\S+\): 19 ok, 0 failed, 4 left out$/m;

it('npm run conformance, without a host: every step that needs no rules succeeds, and nothing of it is left', async () => {
  const main = ['--import', 'tsx', 'test/conformance/main.ts'];
  const options = { cwd: ROOT, env: cleanEnv() };
  const { stdout } = await promisify(execFile)(process.execPath, main, options).catch(
    // A failed step is an exit code; its evidence is in what it printed.
    ({ stdout: printed }: { stdout: string }) => ({ stdout: printed }),
  );
  expect(stdout).toMatch(SUM);
  expect(stdout).toContain('cleaned up: nothing of it is left');
}, 600_000);
