import { posix } from 'node:path';
import { executablePath } from '../executable-value.ts';
import { readManifest } from '../manifest.ts';
import type { Subject, TextFile } from '../subject.ts';
import { mainFiles } from './main-program.ts';
import { type PythonImport, pythonImports } from './python-imports.ts';
import { typescriptTokens } from './typescript-tokens.ts';

/** A source file that the program runs, and what it imports (Python only). */
export interface ReachedFile {
  readonly file: TextFile;
  readonly imports: readonly PythonImport[];
}

/** Enough for what people write; what is vendored beyond that is not theirs. */
const MOST_FILES = 100;
const MOST_CHARACTERS = 1024 * 1024;
const VENDORED = /(^|\/)(site-packages|dist-packages|node_modules|vendor|venv|\.venv)\//;

const reached = new WeakMap<Subject, Promise<readonly ReachedFile[]>>();

/**
 * The source files that run when eKuiper starts the program: the executable of a Python plugin with the modules of the
 * package that it imports, the main files of a Go project, those of a TypeScript project with what they import.
 */
export function reachedFiles(subject: Subject): Promise<readonly ReachedFile[]> {
  const known = reached.get(subject) ?? findReached(subject);
  reached.set(subject, known);
  return known;
}

async function findReached(subject: Subject): Promise<readonly ReachedFile[]> {
  const language = readManifest(subject)?.info.language;
  const executable = executablePath(subject);
  if (executable === null) return [];
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
  if (language !== 'go') return [];
  const mains = [
    ...mainFiles(subject, 'go'),
    ...goFiles(subject),
    ...mainFiles(subject, 'typescript'),
  ];
  return follow(subject, mains, (file) => ({ imports: [], next: typescriptImports(file) }));
}

/** The other files of a Go project's main package. */
function goFiles({ view }: Subject): string[] {
  const left = [...view.leftOut.keys()];
  return left.filter((path) => /^[^/]+\.go$/.test(path) && !path.endsWith('_test.go'));
}

/** `./rows.ts`, `./rows.js` and `./rows` are all `rows.ts`. */
function typescriptImports({ path, source }: TextFile): string[] {
  if (!path.endsWith('.ts')) return [];
  return typescriptTokens(source.text).flatMap(({ value }) => {
    if (value === null || !/^\.\.?\//.test(value)) return [];
    const to = posix.join(posix.dirname(path), value.replace(/\.[jt]s$/, ''));
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
): Promise<readonly ReachedFile[]> {
  const found: ReachedFile[] = [];
  const queue = new Set(mains);
  // A set goes on with what is added to it meanwhile.
  for (const path of queue) {
    if (found.length === MOST_FILES) break;
    const file = VENDORED.test(path) ? null : await subject.text(path);
    if (!file || file.source.text.length > MOST_CHARACTERS) continue;
    const { imports, next } = read(file);
    found.push({ file, imports });
    if (queue.size < MOST_FILES * 10) for (const other of next) queue.add(other);
  }
  return found;
}
