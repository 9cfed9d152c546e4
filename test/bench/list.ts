import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BIN, kplugin } from '../bin/run.ts';
import { projectOf } from './many-files.ts';
import { type Candidate, ratioLine, sideBySide } from './side-by-side.ts';

const RUNS = 11;
const FILES = 5000;
/** Seconds that a listing may take longer than `unzip -l`. */
const GOAL = 0.25;

const project = projectOf(FILES);
const out = mkdtempSync(join(tmpdir(), 'kplugin-bench-out-'));
const file = join(out, 'x.zip');
try {
  await kplugin(['pack', project, '-o', file]);
  const list: Candidate = {
    name: `inspect --list of ${FILES} entries`,
    command: [process.execPath, BIN, 'inspect', file, '--list'],
  };
  const unzip: Candidate = { name: 'unzip -l', command: ['unzip', '-l', file] };
  const listing = sideBySide(list, unzip, RUNS);
  const [ours, theirs] = listing.seconds;
  console.log(ratioLine(list, unzip, listing, (theirs + GOAL) / theirs));
  console.log(`  ${(ours - theirs).toFixed(3)} s longer, goal ≤ ${GOAL} s`);

  // Without --list every entry is unpacked, digested and checked by all rules: no listing, so without its goal.
  const whole: Candidate = {
    name: `inspect of ${FILES} entries`,
    command: [process.execPath, BIN, 'inspect', file],
  };
  const tested: Candidate = { name: 'unzip -tq', command: ['unzip', '-tq', file] };
  console.log(ratioLine(whole, tested, sideBySide(whole, tested, RUNS), null));
} finally {
  for (const folder of [project, out]) rmSync(folder, { recursive: true, force: true });
}
