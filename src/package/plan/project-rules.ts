import { defaultPatterns } from '../ignore/defaults.ts';
import { type IgnoreRules, ignoreRules } from '../ignore/ignore-rules.ts';
import { projectLists } from '../ignore/project-lists.ts';
import { foldersOf } from './assemble.ts';
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
  const folders = new Set(declared.files.flatMap(foldersOf).map((folder) => `${folder}/`));
  return {
    ...rules,
    verdict(path) {
      const verdict = rules.verdict(path);
      if (verdict.packed) return verdict;
      if (!files.has(path) && !folders.has(path)) return verdict;
      return { packed: true, list: 'manifest', line: null, rule: 'the manifest declares it' };
    },
  };
}
