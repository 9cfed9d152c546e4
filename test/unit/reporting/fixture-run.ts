import { execFile } from 'node:child_process';
import path from 'node:path';
import { cleanEnv, ROOT } from '../../bin/run.ts';

export interface FixtureRun {
  readonly stdout: string;
  readonly stderr: string;
  readonly isWell: boolean;
}

/** Runs the tests of test/fixtures/<fixture> by its run.ts; resolves to what it printed, and whether it went well. */
export function runFixture(
  fixture: string,
  env: Readonly<Record<string, string>> = {},
): Promise<FixtureRun> {
  const program = path.join(ROOT, 'test/fixtures', fixture, 'run.ts');
  return new Promise((resolve) => {
    const args = ['--import', 'tsx', program];
    const options = { cwd: ROOT, env: { ...cleanEnv(), ...env } };
    execFile(process.execPath, args, options, (error, stdout, stderr) =>
      resolve({ stdout, stderr, isWell: error === null }),
    );
  });
}
