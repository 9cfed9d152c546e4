import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BIN } from '../bin/run.ts';
import { twentySymbols } from '../fixtures/twenty-symbols.ts';
import { type Candidate, ratioLine, sideBySide } from './side-by-side.ts';

const RUNS = 21;
const GOAL = 2;

/** How much longer than Node itself it takes to check a project of 20 symbols without a fault. */
const folder = mkdtempSync(path.join(tmpdir(), 'kplugin-bench-'));
try {
  for (const [file, text] of Object.entries(twentySymbols())) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  const node: Candidate = { name: 'node -e 0', command: [process.execPath, '-e', '0'] };
  const validate: Candidate = {
    name: 'kplugin validate (20 symbols)',
    command: [process.execPath, BIN, 'validate', folder],
  };
  console.log(ratioLine(validate, node, sideBySide(validate, node, RUNS), GOAL));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
