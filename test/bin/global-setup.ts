import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isBuilt } from '../../scripts/built-note.ts';
import { ROOT } from './run.ts';

/**
 * Builds before the first test that runs the real bin, unless dist/ was built from these very sources: no test is green
 * on a stale dist/, whatever started it.
 */
export async function setup(): Promise<void> {
  await buildUnlessBuilt(ROOT, async () => {
    await promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], {
      cwd: ROOT,
    });
  });
}

/** Throws when what `build` made is not what it should be made of: a source changed while it ran. */
export async function buildUnlessBuilt(root: string, build: () => Promise<void>): Promise<void> {
  if (isBuilt(root)) return;
  await build();
  if (!isBuilt(root)) throw new Error('a source changed during the build: run the tests again');
}
