import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../bin/run.ts';
import type { OtherNode } from '../toolchain/node.ts';

export interface RunResult {
  /** Of vitest: not 0 also for an error that no test is blamed for. */
  readonly exitCode: number;
  /** The closing line of the run, `17 passed, 0 failed, 0 skipped`; null when vitest ended before it could count. */
  readonly counts: string | null;
}

/** The line of test/reporting/closing-line.ts. */
const CLOSING = /^\d+ passed, \d+ failed, \d+ skipped$/;

/**
 * Runs vitest under another Node: its own process, its workers, and by PATH whatever starts as `node`.
 * `onLine` gets each line that it prints, except for the one that counts.
 */
export async function runVitest(
  { version, folder, program }: OtherNode,
  args: readonly string[],
  onLine: (line: string) => void,
): Promise<RunResult> {
  const vitest = path.join(ROOT, 'node_modules/vitest/vitest.mjs');
  const child = spawn(program, [vitest, 'run', ...args], {
    cwd: ROOT,
    env: {
      ...process.env,
      PATH: `${folder}${path.delimiter}${process.env['PATH'] ?? ''}`,
      // What npm leaves behind for its children names the Node that runs npm.
      NODE: program,
      npm_node_execpath: program,
      KPLUGIN_TEST_NODE: version,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let counts: string | null = null;
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      if (CLOSING.test(line)) counts = line;
      else onLine(line);
    });
  }
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
  return { exitCode, counts };
}
