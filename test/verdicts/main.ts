import { TARGET_NAMES, type Target } from '../../src/model/target.ts';
import { sdkPython } from '../toolchain/python.ts';
import { type Comparison, compare } from './agreement.ts';
import { SAMPLES } from './samples/index.ts';
import { isHealthy } from './truth/truth.ts';

/**
 * `npm run verdicts [-- id… 2.4…]`: holds what `kplugin validate` and `kplugin test` say of each sample against what
 * real eKuipers did with it; prints `N of M` and each sample on which they differ. `npm run build` comes first.
 */
const AT_A_TIME = 4;

const given = process.argv.slice(2);
const isTarget = (text: string): text is Target =>
  (TARGET_NAMES as readonly string[]).includes(text);
const lines = given.some(isTarget) ? given.filter(isTarget) : [...TARGET_NAMES];
const ids = given.filter((text) => !isTarget(text));
const python = await sdkPython();
const queue = SAMPLES.filter(({ id }) => ids.length === 0 || ids.includes(id));
const seen: Comparison[] = [];

await Promise.all(Array.from({ length: AT_A_TIME }, lane));

const agree = seen.filter(({ agrees }) => agrees);
process.stdout.write(`\n${agree.length} of ${seen.length} verdicts agree\n`);
process.exitCode = agree.length === seen.length ? 0 : 1;

async function lane(): Promise<void> {
  for (let sample = queue.shift(); sample !== undefined; sample = queue.shift()) {
    const comparisons = await compare(sample, lines, python);
    seen.push(...comparisons);
    for (const one of comparisons) process.stdout.write(`${lineOf(one)}\n`);
  }
}

function lineOf({ agrees, id, does, version, truth, verdict }: Comparison): string {
  const mark = agrees ? 'agree ' : 'DIFFER';
  const server = isHealthy(truth) ? 'works' : truth.install === 'ok' ? truth.rows : truth.install;
  return `${mark} ${id} (${does}) on ${version}: the server: ${server}; kplugin: ${verdict ?? 'nothing wrong'}`;
}
