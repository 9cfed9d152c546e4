import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Inputs of the build; package-lock.json stands for node_modules. */
const INPUTS = [
  'src',
  'templates',
  'schemas',
  'scripts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

/** In dist/; not published. */
const NOTE = 'built.txt';

/** Returns a digest of all inputs of the build of the project in `root`. */
export function noteOfSources(root: string): string {
  return digest(root, INPUTS);
}

/** Records in dist/ what it was built from: `sources` is the result of {@link noteOfSources} before the build. */
export function writeBuiltNote(root: string, sources: string): void {
  writeFileSync(path.join(root, 'dist', NOTE), noteOf(root, sources));
}

/** Whether dist/ is the complete, unmodified result of a build of the current sources. */
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
