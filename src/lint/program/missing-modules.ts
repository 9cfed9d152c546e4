import { posix } from 'node:path';
import { joinPath } from '../../model/clean-path.ts';
import { entryAt } from '../subject/entries.ts';
import type { Subject, TextFile } from '../subject/subject.ts';
import { leftOutAt } from './left-out-files.ts';
import type { PythonImport } from './python-imports.ts';
import type { ReachedFile } from './source-files.ts';
import { tokensOf } from './tokens/token.ts';

/** A module of one of the plugin's own folders that the package does not have. */
export interface MissingModule {
  /** The file that imports it. */
  readonly file: string;
  readonly module: PythonImport;
  /** Its expected path, without suffix. */
  readonly path: string;
}

/** The files in which Python looks for a module: for `lib/net` `lib/net.py` or a folder. */
export function moduleFiles(path: string): readonly [string, string] {
  return [`${path}.py`, `${path}/__init__.py`];
}

/** Folders that several installed packages share. */
const SHARED = /^(?:google|azure|ruamel|zope|backports|jaraco|sphinxcontrib|mpl_toolkits)(?:\/|$)/;

/**
 * Modules that the program imports from a folder of the package that has Python files but not this module, each once.
 * Modules without a folder are skipped: they may be installed.
 */
export async function missingModules(
  subject: Subject,
  files: readonly ReachedFile[],
  packed: ReadonlySet<string>,
): Promise<MissingModule[]> {
  const folders = pythonFolders(subject, packed);
  const found = new Map<string, MissingModule>();
  for (const { file, imports } of files) {
    for (const module of imports) {
      const { path } = module;
      const isOwn =
        !module.isTopLevel && folders.plain.has(posix.dirname(path)) && !SHARED.test(path);
      if (module.isGuarded || found.has(path) || !isOwn || isThere(path, packed, folders)) continue;
      if (module.isMember && (await mayDefine(subject, path))) continue;
      const [plain, inFolder] = moduleFiles(path);
      if ((await leftOutAt(subject, plain)) ?? (await leftOutAt(subject, inFolder))) continue;
      found.set(path, { file: file.path, module, path });
    }
  }
  return [...found.values()];
}

interface Folders {
  /** Folders with Python files, except the root. */
  readonly plain: ReadonlySet<string>;
  /** Compiled modules: `lib/net` of `lib/net.cpython-311-x86_64-linux-gnu.so`. */
  readonly compiled: ReadonlySet<string>;
  /** The last two segments of each Python file's path, without suffix: another folder may be on Python's path. */
  readonly ends: ReadonlySet<string>;
}

function pythonFolders({ view }: Subject, packed: ReadonlySet<string>): Folders {
  const plain = new Set<string>();
  const compiled = new Set<string>();
  const ends = new Set<string>();
  for (const path of packed) {
    const folder = posix.dirname(path);
    const stem = posix.basename(path).split('.')[0] ?? '';
    if (/\.(?:so|pyd|pyc)$/.test(path)) compiled.add(joinPath(folder, stem));
    if (!path.endsWith('.py') || entryAt(view, path)?.kind !== 'file') continue;
    if (folder !== '.') plain.add(folder);
    ends.add(path.slice(0, -'.py'.length).split('/').slice(-2).join('/'));
  }
  return { plain, compiled, ends };
}

function isThere(path: string, packed: ReadonlySet<string>, { compiled, ends }: Folders): boolean {
  const end = path.split('/').slice(-2).join('/');
  return packed.has(path) || packed.has(`${path}.py`) || compiled.has(path) || ends.has(end);
}

const MAKES_NAMES = /^(?:\*|__getattr__|__path__|__all__|globals|setattr|exec|locals)$/;

/** Whether `from lib import x` may refer to a name in lib/__init__.py. */
async function mayDefine(subject: Subject, path: string): Promise<boolean> {
  const parent = posix.dirname(path);
  const plain = await subject.text(`${parent}.py`);
  const file = plain ?? (await subject.text(`${parent}/__init__.py`));
  if (file === null) return false;
  const names = namesIn(file);
  return names === null || names.has(posix.basename(path));
}

const known = new WeakMap<TextFile, ReadonlySet<string> | null>();

/** The names that a file defines, read once; null when unknown. */
function namesIn(file: TextFile): ReadonlySet<string> | null {
  const names = known.get(file);
  if (names !== undefined) return names;
  const found = findNames(file.source.text);
  known.set(file, found);
  return found;
}

function findNames(source: string): ReadonlySet<string> | null {
  const tokens = tokensOf('python', source);
  if (tokens.length === 0 && source.trim() !== '' && !/^\s*#/.test(source)) return null;
  const names = new Set<string>();
  for (const { type, text } of tokens) if (type !== 'string') names.add(text);
  return [...names].some((name) => MAKES_NAMES.test(name)) ? null : names;
}
