import os from 'node:os';
import { run } from './run.ts';

/**
 * `npm run test:rest`: what `npm test` leaves out. Two rows of runs side by side: tests of processes mostly wait for
 * each other, and those that only compute use what is left of the cores meanwhile. Each line names its run; the last
 * lines are how the runs ended. Exits 1 when one of them failed.
 */
const print = (line: string) => process.stdout.write(`${line}\n`);
const VITEST = ['node_modules/vitest/vitest.mjs', 'run'];
const projects = (...names: readonly string[]) => [
  ...VITEST,
  ...names.flatMap((name) => ['--project', name]),
];

const waiting = run('processes', projects('e2e', 'faults'), print);
// From here on this process and whatever it starts gives way to those: they have time limits to keep.
os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
const computing = [await run('inputs', projects('mutation'), print)];
computing.push(await run('nodes', ['--import', 'tsx', 'test/nodes/main.ts'], print));

print('');
for (const { name, exitCode, last } of [await waiting, ...computing]) {
  for (const line of last) print(`${name} | ${line}`);
  if (exitCode === 0) continue;
  print(`${name} | failed: exit code ${exitCode}`);
  process.exitCode = 1;
}
