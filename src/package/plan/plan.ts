import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compareText } from '../../model/finding.ts';
import type { Entry, ViewProblem } from '../../model/view.ts';
import { defaultPatterns } from '../ignore/defaults.ts';
import { type IgnoreRules, ignoreRules } from '../ignore/ignore-rules.ts';
import { CONFIG_FILE, IGNORE_FILE, projectLists } from '../ignore/project-lists.ts';
import type { Verdict } from '../ignore/verdict.ts';
import { caseConflicts } from './case-conflicts.ts';
import { type Content, fileContent } from './content.ts';
import { type Declared, declaredFiles, rootView } from './declared.ts';
import { type Found, walk } from './walk.ts';

/** An entry to be written, and where its content comes from. */
export interface PlannedEntry extends Entry {
  readonly kind: 'file' | 'directory';
  readonly mode: number;
  /** Null for directories. */
  readonly content: Content | null;
}

export interface Decision {
  /** An ignored directory's ends with a slash. */
  readonly path: string;
  readonly verdict: Verdict;
}

/** All that `pack` is going to write, in that order, and why. */
export interface Plan {
  /** The project's directory, links resolved; null when the plan was made from a zip. */
  readonly root: string | null;
  readonly entries: readonly PlannedEntry[];
  readonly problems: readonly ViewProblem[];
  /** One per file and per ignored directory, sorted by path. */
  readonly decisions: readonly Decision[];
}

export interface PlanOptions {
  /** Absolute paths left out in any case: the package that is being written. */
  readonly exclude?: readonly string[];
}

const EXECUTABLE = 0o755;
const PLAIN = 0o644;

/**
 * Plans the package of a project: which files by which rule, parents first, modes as eKuiper needs them
 * (anchors.md §5). Throws when the directory cannot be listed or `.kplugin.json` is unusable.
 */
export async function planPackage(directory: string, options: PlanOptions = {}): Promise<Plan> {
  const root = realpathSync(resolve(directory));
  const declared = await declaredFiles(rootView(root, directory));
  const rules = withDeclared(rulesOf(root, declared), declared);
  const { files, decisions, problems } = walk({ root, rules, exclude: options.exclude ?? [] });
  const entries = [...directoriesOf(files), ...files.map((file) => fileEntry(file, declared))];
  entries.sort((a, b) => Buffer.compare(sortKey(a), sortKey(b)));
  return {
    root,
    entries,
    problems: [...problems, ...caseConflicts(entries)],
    decisions: Array.from(decisions, ([path, verdict]) => ({ path, verdict })).sort(byPath),
  };
}

function byPath(a: Decision, b: Decision): number {
  return compareText(a.path, b.path);
}

function rulesOf(root: string, declared: Declared): IgnoreRules {
  const defaults = defaultPatterns({
    language: declared.language,
    hasGoModule: existsSync(join(root, 'go.mod')),
  });
  const lists = projectLists(textOf(join(root, IGNORE_FILE)), textOf(join(root, CONFIG_FILE)));
  return ignoreRules(defaults, lists, declared.executable === null ? [] : [declared.executable]);
}

/** What the manifest declares is taken in whatever the project's lists say, with the folders above it. */
function withDeclared(rules: IgnoreRules, declared: Declared): IgnoreRules {
  const files = new Set(declared.files);
  const folders = new Set(declared.files.flatMap(parentsOf).map((folder) => `${folder}/`));
  return {
    verdict(path) {
      const verdict = rules.verdict(path);
      if (verdict.packed || verdict.list === 'strict') return verdict;
      if (!files.has(path) && !folders.has(path)) return verdict;
      return { packed: true, list: 'manifest', line: null, rule: 'the manifest declares it' };
    },
  };
}

function directoriesOf(files: readonly Found[]): PlannedEntry[] {
  const paths = new Set(files.flatMap((file) => parentsOf(file.path)));
  return Array.from(paths, (path) => ({
    path,
    rawName: path,
    kind: 'directory' as const,
    size: 0,
    mode: EXECUTABLE,
    content: null,
  }));
}

function fileEntry(file: Found, declared: Declared): PlannedEntry {
  const { path, size, source } = file;
  const runs = file.executable || path === declared.executable || path === 'install.sh';
  const mode = runs ? EXECUTABLE : PLAIN;
  return { path, rawName: path, kind: 'file', size, mode, content: fileContent(source) };
}

/** `a/b/c.py` → `a`, `a/b` */
function parentsOf(path: string): string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

/** With the slash that directories have in the zip, the order of bytes puts parents first. */
function sortKey(entry: PlannedEntry): Buffer {
  return Buffer.from(entry.kind === 'directory' ? `${entry.path}/` : entry.path);
}

function textOf(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}
