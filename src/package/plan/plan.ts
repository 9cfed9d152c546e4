import { accessSync, constants, existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { EXIT, KpluginError } from '../../model/error.ts';
import { compareText } from '../../model/finding.ts';
import type { ViewProblem, ZipOrigin } from '../../model/view.ts';
import { readTextSync, statsAt } from '../files/regular-file.ts';
import { type IgnoreRules, ignoreRules } from '../ignore/ignore-rules.ts';
import {
  CONFIG_FILE,
  defaultPatterns,
  IGNORE_FILE,
  projectLists,
} from '../ignore/pattern-lists.ts';
import type { Verdict } from '../ignore/verdict.ts';
import { planProblems } from '../zip/limits.ts';
import { dropCompressedSecrets, type SearchedInPart } from './compressed-files.ts';
import { type Declared, declaredFiles, rootView } from './declared.ts';
import { assemble, caseConflicts, type PlannedEntry } from './planned-entries.ts';
import { walk } from './walk.ts';

/** The verdict on one path. */
export interface Decision {
  /** An ignored directory's path ends with a slash. */
  readonly path: string;
  readonly verdict: Verdict;
}

/** Everything that `pack` will write, in that order, and why. */
export interface Plan {
  /** The project's directory, links resolved; null when the plan is from a zip. */
  readonly root: string | null;
  readonly entries: readonly PlannedEntry[];
  readonly problems: readonly ViewProblem[];
  /** One per file and per ignored directory, sorted by path. */
  readonly decisions: readonly Decision[];
  /** Packed files that were only partly searched for secrets, sorted by path. */
  readonly searchedInPart: readonly SearchedInPart[];
  /** Omitted for a project. */
  readonly from?: ZipOrigin;
}

export interface PlanOptions {
  /** Absolute paths that are always excluded: the package that is being written. */
  readonly exclude?: readonly string[];
  /** When it is aborted, planning ends with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Plans the package of a project: which files by which rule, in which order, with which modes. Throws when the
 * directory cannot be listed or `.kplugin.json` is invalid.
 */
export async function planPackage(directory: string, options: PlanOptions = {}): Promise<Plan> {
  const root = realRoot(directory);
  const declared = await declaredFiles(rootView(root, directory));
  const rules = projectRules({
    declared,
    hasGoModule: existsSync(join(root, 'go.mod')),
    environments: readdirSync(root).filter((name) => existsSync(join(root, name, 'pyvenv.cfg'))),
    ignoreText: textOf(join(root, IGNORE_FILE)),
    configText: textOf(join(root, CONFIG_FILE)),
  });
  const found = await walk({
    root,
    rules,
    exclude: (options.exclude ?? []).map(realPlace),
    signal: options.signal,
  });
  const searchedInPart = await dropCompressedSecrets(found, rules);
  const entries = assemble(found.files, declared.executable);
  return {
    root,
    entries,
    problems: [...found.problems, ...caseConflicts(entries), ...planProblems(entries)],
    decisions: sortedDecisions(found.decisions),
    searchedInPart,
  };
}

/** Sorted by path, independent of the order in the file system. */
export function sortedDecisions(decisions: ReadonlyMap<string, Verdict>): Decision[] {
  return Array.from(decisions, ([path, verdict]) => ({ path, verdict })).sort((a, b) =>
    compareText(a.path, b.path),
  );
}

/**
 * Null when the file does not exist; throws other errors, because packing without the list would include the wrong
 * files.
 */
function textOf(file: string): string | null {
  try {
    return statsAt(file)?.isFile() ? readTextSync(file) : null;
  } catch (cause) {
    if (cause instanceof KpluginError) throw cause;
    throw unreadable(`${file} cannot be read`, cause);
  }
}

/** The project's directory with links resolved; throws when it cannot be listed. */
function realRoot(directory: string): string {
  try {
    const root = realpathSync(resolve(directory));
    accessSync(root, constants.R_OK | constants.X_OK);
    return root;
  } catch (cause) {
    throw unreadable(`the project ${directory} cannot be read`, cause);
  }
}

function unreadable(message: string, cause: unknown): KpluginError {
  return new KpluginError({
    code: 'project-unreadable',
    exit: EXIT.usage,
    message,
    reason: cause instanceof Error ? cause.message : String(cause),
    hint: 'give the directory of a project that you may read',
    cause,
  });
}

/** The path under which the walk would find a file that may not exist yet. */
function realPlace(file: string): string {
  try {
    return join(realpathSync(dirname(file)), basename(file));
  } catch {
    return file;
  }
}

/** Facts about a project that decide which files are packed. */
interface ProjectFacts {
  readonly declared: Declared;
  /** A `go.mod` in the root. */
  readonly hasGoModule: boolean;
  /** See ProjectTraits. */
  readonly environments: readonly string[];
  /** The texts of `.kpluginignore` and `.kplugin.json`; null for a missing file. */
  readonly ignoreText: string | null;
  readonly configText: string | null;
}

/**
 * All packing rules of a project. Files that the manifest declares, and their parent directories, are always
 * included, whatever their name: a source may be called "secrets". Throws when `.kplugin.json` is invalid.
 */
export function projectRules(facts: ProjectFacts): IgnoreRules {
  const { declared, hasGoModule, environments, ignoreText, configText } = facts;
  const rules = ignoreRules(
    defaultPatterns({ language: declared.language, hasGoModule, environments }),
    projectLists(ignoreText, configText),
    declared.executable === null ? [] : [declared.executable],
  );
  const files = new Set(declared.files);
  let sorted: readonly string[] | null = null;
  const isDeclared = (path: string): boolean => {
    if (!path.endsWith('/')) return files.has(path);
    sorted ??= [...files].sort(compareText);
    return isAbove(path, sorted);
  };
  return {
    ...rules,
    verdict(path) {
      const verdict = rules.verdict(path);
      if (verdict.packed || !isDeclared(path)) return verdict;
      return { packed: true, list: 'manifest', line: null, rule: 'the manifest declares it' };
    },
  };
}

/**
 * Whether a directory (with trailing slash) contains one of the sorted paths. Binary search, because 100,000 may be
 * declared.
 */
function isAbove(folder: string, sorted: readonly string[]): boolean {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] ?? '') < folder) from = middle + 1;
    else to = middle;
  }
  return sorted[from]?.startsWith(folder) ?? false;
}
