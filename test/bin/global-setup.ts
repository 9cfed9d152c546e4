import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { cached } from '../toolchain/cache.ts';
import { ROOT } from './run.ts';

/** What the build reads, apart from node_modules, which the lock file stands for. */
const INPUTS = [
  'src',
  'templates',
  'schemas',
  'bin',
  'scripts',
  'package.json',
  'package-lock.json',
];

/**
 * Builds before the first test that runs the real bin, unless dist/ is what the last such build made of these very
 * sources: no test is green on a stale dist/, whatever started it.
 */
export async function setup(): Promise<void> {
  const note = cached('built.txt');
  if (existsSync(note) && readFileSync(note, 'utf8') === state()) return;
  await rm(note, { force: true });
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'esbuild.config.ts'], {
    cwd: ROOT,
  });
  await mkdir(path.dirname(note), { recursive: true });
  await writeFile(note, state());
}

/** Names the contents of all that the build reads and of all that it wrote. */
function state(): string {
  const configs = readdirSync(ROOT).filter((name) => /^(?!vitest).*\.config\.[jt]s$/.test(name));
  const hash = createHash('sha256').update(process.version);
  for (const name of [...INPUTS, ...configs, 'dist']) {
    for (const file of filesIn(path.join(ROOT, name))) {
      hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

function filesIn(place: string): string[] {
  if (!existsSync(place)) return [];
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
