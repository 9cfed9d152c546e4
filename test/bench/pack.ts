import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BIN } from '../bin/run.ts';
import { projectOf } from './many-files.ts';
import { type Candidate, ratioLine, sideBySide } from './side-by-side.ts';

const RUNS = 7;
const FILES = 5000;

/** How long packing takes beside Info-ZIP, which neither checks nor digests anything. */
const project = projectOf(FILES);
const out = mkdtempSync(join(tmpdir(), 'kplugin-bench-out-'));
const fresh = () => rmSync(join(out, 'x.zip'), { force: true });
try {
  const pack: Candidate = {
    name: `pack ${FILES} files`,
    command: [process.execPath, BIN, 'pack', project, '-o', join(out, 'x.zip'), '--quiet'],
    before: fresh,
  };
  const zip: Candidate = {
    name: 'zip -r',
    command: ['zip', '-q', '-r', '-X', join(out, 'x.zip'), '.'],
    cwd: project,
    before: fresh,
  };
  console.log(ratioLine(pack, zip, sideBySide(pack, zip, RUNS), 4));
} finally {
  for (const folder of [project, out]) rmSync(folder, { recursive: true, force: true });
}
