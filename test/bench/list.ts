import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BIN, kplugin } from '../bin/run.ts';
import { projectOf } from './many-files.ts';
import { type Candidate, ratioLine, sideBySide } from './side-by-side.ts';

const RUNS = 11;
const FILES = 5000;
/** Seconds that a listing may take longer than `unzip -l`; without --list everything is digested and checked too. */
const GOAL = 0.25;

const project = projectOf(FILES);
const out = mkdtempSync(join(tmpdir(), 'kplugin-bench-out-'));
const file = join(out, 'x.zip');
try {
  await kplugin(['pack', project, '-o', file]);
  const unzip: Candidate = { name: 'unzip -l', command: ['unzip', '-l', file] };
  for (const flags of [['--list'], []]) {
    const inspect: Candidate = {
      name: ['inspect', ...flags, `of ${FILES} entries`].join(' '),
      command: [process.execPath, BIN, 'inspect', file, ...flags],
    };
    const ratio = sideBySide(inspect, unzip, RUNS);
    const [ours, theirs] = ratio.seconds;
    console.log(ratioLine(inspect, unzip, ratio, (theirs + GOAL) / theirs));
    console.log(`  ${(ours - theirs).toFixed(3)} s longer, goal ≤ ${GOAL} s`);
  }
} finally {
  for (const folder of [project, out]) rmSync(folder, { recursive: true, force: true });
}
