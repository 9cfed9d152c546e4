import { posix } from 'node:path';
import { joinPath } from '../../model/clean-path.ts';
import { TEXT_LIMITS } from '../../model/text-limits.ts';
import type { Entry } from '../../model/view.ts';
import { isVendored, OWN_FILES, ownFiles } from '../subject/entries.ts';
import { executablePath, readManifest } from '../subject/manifest.ts';
import type { Subject, TextFile } from '../subject/subject.ts';
import { mainFiles } from './main-program.ts';
import { type PythonImport, pythonImports } from './python-imports.ts';
import { languageOf, TOO_MANY_TOKENS, tokensOf } from './tokens/token.ts';

/** The program's own readable source files: Python modules of the package, or a Go project's main file. */
export async function programSources(subject: Subject): Promise<readonly TextFile[]> {
  const language = readManifest(subject)?.info.language;
  const modules = ownFiles(subject.view, isPython).map(({ path }) => path);
  const paths = language === 'go' ? [...mainFiles(subject, 'go'), ...modules] : modules;
  const files = await Promise.all([...new Set(paths)].map((path) => subject.text(path)));
  return files.filter(isRead);
}

/**
 * All sources that may name files: those of {@link programSources}, those that run (see {@link reachedFiles}) and the
 * Go files of the project in every folder that is not left out as a whole. Files that are not text are skipped.
 */
export async function programTexts(subject: Subject): Promise<readonly TextFile[]> {
  const found = await programSources(subject);
  const reached = (await reachedFiles(subject)).map(({ file }) => file);
  const paths = readManifest(subject)?.info.language === 'go' ? goSources(subject) : [];
  const others = await Promise.all(paths.map((path) => subject.text(path)));
  const all = [...found, ...reached, ...others.filter(isRead)];
  const byPath = new Map(all.map((file) => [file.path, file]));
  return [...byPath.values()].filter(({ source }) => !source.text.includes('\0'));
}

const isPython = ({ path }: Entry): boolean => path.endsWith('.py');

function goSources({ view }: Subject): string[] {
  const paths = [...view.leftOut.keys(), ...view.entries.map(({ path }) => path)];
  const sources = paths.filter((path) => path.endsWith('.go') && !path.endsWith('_test.go'));
  return sources.filter((path) => !isVendored(path)).slice(0, OWN_FILES.files);
}

function isRead(file: TextFile | null): file is TextFile {
  return file !== null && file.source.text.length <= OWN_FILES.bytes;
}

/** A source file that the program runs, and its imports (Python only). */
export interface ReachedFile {
  readonly file: TextFile;
  readonly imports: readonly PythonImport[];
}

/** The result of following imports from the main files. */
interface Reached {
  readonly files: readonly ReachedFile[];
  /** Paths of files that are too long to be searched. */
  readonly tooLong: readonly string[];
}

/** Limit of source files; programs written by people have fewer, the rest is vendored code. */
const MOST_FILES = 100;

/** Limit of paths that are looked up; each file may name thousands. */
const MOST_NAMES = MOST_FILES * 10;

const VENDORED = /(^|\/)(site-packages|dist-packages|node_modules|vendor|venv|\.venv)\//;
const NOTHING: Reached = { files: [], tooLong: [] };

const results = new WeakMap<Subject, Promise<Reached>>();

/**
 * The source files that run when eKuiper starts the program: the executable of a Python plugin with the modules of the
 * package that it imports, the main files of a Go project, the main files of a TypeScript project with their imports.
 */
export async function reachedFiles(subject: Subject): Promise<readonly ReachedFile[]> {
  return (await reachedOf(subject)).files;
}

/** The paths that {@link reachedFiles} leaves out because the files are too long to be searched (TEXT_LIMITS). */
export async function tooLongFiles(subject: Subject): Promise<readonly string[]> {
  return (await reachedOf(subject)).tooLong;
}

function reachedOf(subject: Subject): Promise<Reached> {
  const known = results.get(subject) ?? findReached(subject);
  results.set(subject, known);
  return known;
}

async function findReached(subject: Subject): Promise<Reached> {
  const language = readManifest(subject)?.info.language;
  const executable = executablePath(subject);
  if (executable === null) return NOTHING;
  const files = new Set(
    subject.view.entries.filter(({ kind }) => kind === 'file').map(({ path }) => path),
  );
  if (language === 'python') {
    const folder = posix.dirname(executable);
    return follow(subject, [executable], (file) => {
      const imports = pythonImports(file, folder);
      const next = imports.flatMap(({ path }) => [`${path}.py`, `${path}/__init__.py`]);
      return { imports, next: next.filter((path) => files.has(path)) };
    });
  }
  if (language !== 'go') return NOTHING;
  const mains = [
    ...mainFiles(subject, 'go'),
    ...mainPackageFiles(subject),
    ...mainFiles(subject, 'typescript'),
    ...(/\.[cm]?js$/.test(executable) ? [executable] : []),
  ];
  return follow(subject, mains, (file) => ({ imports: [], next: typescriptImports(file) }));
}

/** The other files of a Go project's main package. */
function mainPackageFiles({ view }: Subject): string[] {
  const left = [...view.leftOut.keys()];
  return left.filter((path) => /^[^/]+\.go$/.test(path) && !path.endsWith('_test.go'));
}

/** `./rows.ts`, `./rows.js` and `./rows` all refer to `rows.ts`. */
function typescriptImports({ path, source }: TextFile): string[] {
  if (!path.endsWith('.ts')) return [];
  return tokensOf('typescript', source.text).flatMap(({ value }) => {
    if (value === null || !/^\.\.?\//.test(value)) return [];
    const to = joinPath(posix.dirname(path), value.replace(/\.[jt]s$/, ''));
    return to.startsWith('..') ? [] : [`${to}.ts`];
  });
}

async function follow(
  subject: Subject,
  mains: readonly string[],
  read: (file: TextFile) => {
    readonly imports: readonly PythonImport[];
    readonly next: readonly string[];
  },
): Promise<Reached> {
  const files: ReachedFile[] = [];
  const tooLong: string[] = [];
  const queue = new Set(mains);
  // Iterating over a Set includes items that are added meanwhile.
  for (const path of queue) {
    if (files.length + tooLong.length === MOST_FILES) break;
    const file = VENDORED.test(path) ? null : await subject.text(path);
    // Not a text: UTF-16, or a binary program.
    if (!file || file.source.text.includes('\0')) continue;
    if (isTooLong(file)) {
      tooLong.push(path);
      continue;
    }
    const { imports, next } = read(file);
    files.push({ file, imports });
    for (const other of next) if (queue.size < MOST_NAMES) queue.add(other);
  }
  return { files, tooLong };
}

function isTooLong({ path, source: { text } }: TextFile): boolean {
  if (text.length > TEXT_LIMITS.programFile) return true;
  // Every token has at least one character.
  return (
    text.length > TEXT_LIMITS.programTokens && tokensOf(languageOf(path), text) === TOO_MANY_TOKENS
  );
}
