import { compareText } from '../../model/finding.ts';
import { defaultPatterns } from '../ignore/defaults.ts';
import { type IgnoreRules, ignoreRules } from '../ignore/ignore-rules.ts';
import { projectLists } from '../ignore/project-lists.ts';
import type { Declared } from './declared.ts';

/** Facts about a project that decide which files are packed. */
export interface ProjectFacts {
  readonly declared: Declared;
  /** A `go.mod` in the root. */
  readonly hasGoModule: boolean;
  /** The texts of `.kpluginignore` and `.kplugin.json`; null for a missing file. */
  readonly ignoreText: string | null;
  readonly configText: string | null;
}

/**
 * All packing rules of a project. Files that the manifest declares, and their parent directories, are always
 * included, whatever their name: a source may be called "secrets". Throws when `.kplugin.json` is invalid.
 */
export function projectRules(facts: ProjectFacts): IgnoreRules {
  const { declared, hasGoModule, ignoreText, configText } = facts;
  const rules = ignoreRules(
    defaultPatterns({ language: declared.language, hasGoModule }),
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
