import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ROOT } from '../bin/run.ts';

export interface Ended {
  readonly name: string;
  readonly exitCode: number;
  /** What it said at last: after its last empty line. */
  readonly last: readonly string[];
}

/** Runs Node with `args`. `onLine` gets each line of it with the name in front. */
export async function run(
  name: string,
  args: readonly string[],
  onLine: (line: string) => void,
): Promise<Ended> {
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let last: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      onLine(`${name} | ${line}`);
      if (line === '') last = [];
      else last.push(line);
    });
  }
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
  return { name, exitCode, last };
}
