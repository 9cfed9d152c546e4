import { type OtherNode, otherNode } from '../toolchain/node.ts';
import { type RunResult, runVitest } from './vitest-run.ts';

/**
 * `npm run test:nodes`: the unit tests, those of the command line and the short end-to-end pass under each supported
 * Node other than the one that runs this. `npm run test:nodes -- 24 test/unit/sp` takes one Node, and the files that
 * are named. Exits 1 when a test failed, and under CI=true also when a Node could not be had.
 */
const SUPPORTED = [20, 22, 24];

/** What `npm test` runs. */
const PROJECTS = ['unit', 'cli', 'e2e-short'].flatMap((name) => ['--project', name]);

const given = process.argv.slice(2);
const files = given.filter((word) => !/^\d+$/.test(word));
const named = given.filter((word) => /^\d+$/.test(word)).map(Number);
const own = Number(process.versions.node.split('.')[0]);
const majors = named.length > 0 ? named : SUPPORTED.filter((major) => major !== own);
const print = (line: string) => process.stdout.write(`${line}\n`);
const closing: string[] = [];

for (const major of majors) {
  const node = await otherNode(major).catch((error: Error) => error);
  if (node instanceof Error) {
    closing.push(`Node ${major}: left out, it could not be installed: ${node.message.trim()}`);
    if (process.env['CI'] === 'true') process.exitCode = 1;
  } else {
    closing.push(await runUnder(node, files.length > 0 ? files : PROJECTS));
  }
}
print('');
for (const line of closing) print(line);

async function runUnder(node: OtherNode, args: readonly string[]): Promise<string> {
  const name = `Node ${node.version}`;
  const result = await runVitest(node, args, (line) => print(`${name} | ${line}`));
  if (result.exitCode !== 0) process.exitCode = 1;
  return `${name}: ${args.filter((word) => word !== '--project').join(', ')}: ${outcome(result)}`;
}

function outcome({ exitCode, counts }: RunResult): string {
  if (counts === null) return `vitest ended with exit code ${exitCode} before it could count`;
  // Without a failed test it is an error that no test caught.
  const isBlamed = exitCode === 0 || !counts.includes(' 0 failed');
  return isBlamed ? counts : `${counts}, and vitest ended with exit code ${exitCode}`;
}
