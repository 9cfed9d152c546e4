import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../bin/run.ts';

/**
 * How the names of plugins, of their symbols and of rules begin in the tests, so that they are known in any text; a name
 * that goes on with `${` is the beginning of several.
 */
const NAME = /(?<![\w.$-])(?:kp(?!lugin)|kdev|srv|bi[cfhp])[a-z0-9_]*(?:\$\{|(?![a-z0-9_-]))/g;

/** The name of a plugin that runs, as it is given to the functions that make one. */
const MADE =
  /\b(?:(?:raw|python|go)Plugin|(?:python|plain)Project|(?:writeProject|travel)\([^;]*?\bname:) ?\(?'([^']*)'/g;

/** A file of tests, or one that test files import. */
export interface TestFile {
  /** `test/e2e/serve.test.ts` */
  readonly file: string;
  readonly text: string;
}

/** All TypeScript below these folders of test/. */
export function testFiles(...folders: readonly string[]): readonly TestFile[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(ROOT, 'test', folder), { recursive: true })
      .map((name) => path.posix.join('test', folder, String(name).replaceAll('\\', '/')))
      .filter((file) => file.endsWith('.ts'))
      .map((file) => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8') })),
  );
}

/** Names that stand in two files of which neither imports the other: `kpl_lost in a.test.ts, kpl_lost${ in b.test.ts`. */
export function sharedNames(files: readonly TestFile[]): readonly string[] {
  const imported = new Map(files.map(({ file, text }) => [file, importsOf(file, text)]));
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean => {
    if (seen.has(from)) return false;
    seen.add(from);
    return from === to || (imported.get(from) ?? []).some((one) => reaches(one, to, seen));
  };
  const all = files.flatMap(({ file, text }) =>
    [...new Set(text.match(NAME) ?? [])].map((name) => ({ file, name })),
  );
  return all.flatMap((one, index) =>
    all
      .slice(index + 1)
      .filter((other) => canBeTheSame(one.name, other.name))
      .filter(({ file }) => !reaches(one.file, file) && !reaches(file, one.file))
      .map((other) => `${one.name} in ${one.file}, ${other.name} in ${other.file}`),
  );
}

/** Names of plugins that do not begin as {@link sharedNames} knows them. */
export function strangeNames(files: readonly TestFile[]): readonly string[] {
  return files.flatMap(({ file, text }) =>
    [...text.matchAll(MADE)]
      .map(([, name = '']) => name)
      .filter((name) => name.match(NAME)?.[0] !== name)
      .map((name) => `${name} in ${file}`),
  );
}

function canBeTheSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((name) => name.replace('${', ''));
  if (a === undefined || b === undefined) return false;
  return a === b || (one !== a && b.startsWith(a)) || (other !== b && a.startsWith(b));
}

function importsOf(file: string, text: string): readonly string[] {
  return [...text.matchAll(/ from '(\.[^']*\.ts)'/g)].map(([, name = '']) =>
    path.posix.join(path.posix.dirname(file), name),
  );
}
