import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What the build reads, apart from node_modules, which the lock file stands for. */
const INPUTS = [
  'src',
  'templates',
  'schemas',
  'scripts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

/** Lies in dist/ and is not published. */
const NOTE = 'built.txt';

/** Names the contents of all that a build of the project in `root` reads. */
export function noteOfSources(root: string): string {
  return digest(root, INPUTS);
}

/** Notes in dist/ what it was built from: the answer of {@link noteOfSources} before it was built. */
export function writeBuiltNote(root: string, sources: string): void {
  writeFileSync(path.join(root, 'dist', NOTE), noteOf(root, sources));
}

/** Whether dist/ is what a build that came to its end made of these very sources, and nobody has touched it since. */
export function isBuilt(root: string): boolean {
  const note = path.join(root, 'dist', NOTE);
  return existsSync(note) && readFileSync(note, 'utf8') === noteOf(root, noteOfSources(root));
}

const noteOf = (root: string, sources: string) =>
  `sources ${sources}\ndist ${digest(root, ['dist'])}\n`;

function digest(root: string, names: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of names.flatMap((name) => filesIn(root, name))) {
    const content = readFileSync(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function filesIn(root: string, name: string): string[] {
  const place = path.join(root, name);
  if (!existsSync(place)) return [];
  if (!statSync(place).isDirectory()) return [name];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => path.basename(file) !== NOTE)
    .sort();
}
