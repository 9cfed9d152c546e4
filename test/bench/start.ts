import { BIN } from '../bin/run.ts';
import { type Candidate, ratioLine, sideBySide } from './side-by-side.ts';

const RUNS = 21;
const node: Candidate = { name: 'node -e 0', command: [process.execPath, '-e', '0'] };

/** How much longer than Node itself `--version` and `--help` take. */
for (const flag of ['--version', '--help']) {
  const candidate: Candidate = {
    name: `kplugin ${flag}`,
    command: [process.execPath, BIN, flag],
  };
  console.log(ratioLine(candidate, node, sideBySide(candidate, node, RUNS), 1.3));
}
