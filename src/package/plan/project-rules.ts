import { compareText } from '../../model/finding.ts';
import { defaultPatterns } from '../ignore/defaults.ts';
import { type IgnoreRules, ignoreRules } from '../ignore/ignore-rules.ts';
import { projectLists } from '../ignore/project-lists.ts';
import type { Declared } from './declared.ts';

/** What decides about a project's files, wherever they lie. */
export interface ProjectFacts {
  readonly declared: Declared;
  /** A `go.mod` in the root. */
  readonly hasGoModule: boolean;
  /** The texts of `.kpluginignore` and `.kplugin.json`; null where there is none. */
  readonly ignoreText: string | null;
  readonly configText: string | null;
}

/**
 * All the rules of a project. What its manifest declares is taken in whatever the lists and its name say, with the
 * folders above it: a source may be called "secrets". Throws when `.kplugin.json` is unusable.
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

/** Whether one of the sorted paths lies in a folder, whose path ends with a slash. 100,000 may be declared. */
function isAbove(folder: string, sorted: readonly string[]): boolean {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] ?? '') < folder) from = middle + 1;
    else to = middle;
  }
  return sorted[from]?.startsWith(folder) ?? false;
}
