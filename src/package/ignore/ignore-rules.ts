import ignore, { type Ignore } from 'ignore';
import { patternPath } from '../../model/clean-path.ts';
import type { SecretName } from '../../model/secrets/secret-names.ts';
import type { ProjectLists } from './pattern-lists.ts';
import {
  type ExplicitLine,
  type ListName,
  leftOutBy,
  strictRule,
  TAKEN,
  type Verdict,
} from './verdict.ts';

/** Decides about every path of a project. Paths are POSIX and relative; a directory's ends with a slash. */
export interface IgnoreRules {
  verdict(path: string): Verdict;
  /**
   * The verdict of the strict set on a name, unless a line asks for it; for the target of a link only this one
   * counts.
   */
  strict(path: string): Verdict | null;
  /** The line that names exactly this file, without a wildcard. */
  named(path: string): ExplicitLine | null;
}

const DEFAULT_MARK = 'default';

/**
 * Combines the three classes of rules: first the strict set (unless a line names what it excludes), then `files`
 * (excludes what it does not name), then the defaults and `.kpluginignore` as one gitignore text: the last match
 * wins, `!` includes again, and nothing below an ignored directory can be included again.
 *
 * A default rule that would exclude one of the `needed` paths (the executable) is not applied at all: files next to
 * the executable are likely to be needed as well.
 */
export function ignoreRules(
  defaults: readonly string[],
  lists: ProjectLists,
  needed: readonly string[],
): IgnoreRules {
  const apt = defaults.filter((pattern) => !matchesAny(pattern, needed));
  const layered = layers(apt, lists.ignoreLines);
  const allowed = lists.files === null ? null : allowList(lists.files);
  const explicit = explicitLines(lists);
  const strict = (path: string): Verdict | null => {
    const { rule, line } = asked(path);
    return rule && line === null ? leftOutBy(rule) : null;
  };
  const asked = (path: string): { rule: SecretName | null; line: ExplicitLine | null } => {
    const rule = strictRule(path);
    return { rule, line: rule && explicit.forName(path) };
  };
  return {
    strict,
    named: explicit.forFile,
    verdict(path) {
      const { rule, line } = asked(path);
      if (rule && line === null) return leftOutBy(rule);
      const left = allowed?.verdict(path) ?? ignoredBy(layered, path);
      if (left) return left;
      // Included only because a line asks for it.
      return rule && line ? { packed: true, ...line, reason: rule.reason } : TAKEN;
    },
  };
}

/** Cached: the default rules are the same for every project, and `dev` packs often. */
const DEFAULT_RULES = new Map<string, DefaultRule>();

interface DefaultRule {
  /** Matches in any letter case, for paths that are needed. */
  readonly anyCase: Ignore;
  /** Case-sensitive, for the combined rules. */
  readonly layer: Ignore;
}

function defaultRule(pattern: string): DefaultRule {
  const known = DEFAULT_RULES.get(pattern);
  if (known !== undefined) return known;
  const rule: DefaultRule = {
    anyCase: ignore().add(pattern),
    layer: ignore({ ignorecase: false }).add({ pattern, mark: DEFAULT_MARK }),
  };
  DEFAULT_RULES.set(pattern, rule);
  return rule;
}

function matchesAny(pattern: string, paths: readonly string[]): boolean {
  const { anyCase } = defaultRule(pattern);
  return paths.some((path) => anyCase.ignores(path));
}

function layers(defaults: readonly string[], lines: readonly string[]): Ignore {
  const rules = ignore({ ignorecase: false });
  for (const pattern of defaults) rules.add(defaultRule(pattern).layer);
  lines.forEach((pattern, index) => {
    rules.add({ pattern, mark: String(index + 1) });
  });
  return rules;
}

function ignoredBy(rules: Ignore, path: string): Verdict | null {
  const { rule } = rules.test(path);
  if (!rule) return null;
  const byDefault = rule.mark === DEFAULT_MARK;
  return {
    packed: false,
    list: byDefault ? 'defaults' : '.kpluginignore',
    line: byDefault ? null : Number(rule.mark),
    rule: rule.pattern,
  };
}

function allowList(files: readonly string[]): { verdict(path: string): Verdict | null } {
  const rules = ignore({ ignorecase: false });
  files.forEach((pattern, index) => {
    rules.add({ pattern, mark: String(index + 1) });
  });
  return {
    verdict(path) {
      if (path.endsWith('/') || rules.ignores(path)) return null;
      return { packed: false, list: 'files', line: null, rule: 'no pattern of "files" names it' };
    },
  };
}

/** Paths that the project includes by name although the strict set excludes them. */
interface ExplicitLines {
  /** The line that includes a path which the strict set excludes by its name; a directory's path ends with a slash. */
  forName(path: string): ExplicitLine | null;
  /** The line that names exactly this file, without a wildcard. */
  forFile(path: string): ExplicitLine | null;
}

interface Asked extends ExplicitLine {
  /** Without `!` and leading slash; the pattern itself when it has wildcards. */
  readonly path: string;
  readonly hasWildcard: boolean;
  /** Whether the strict set would exclude the line's own text. */
  readonly strict: boolean;
  matches(path: string): boolean;
}

/**
 * Collects the explicit lines: those whose pattern is itself a name of the strict set. `!policy.zip`, `!*.zip`,
 * `secrets.json` and `!secrets/` are explicit; `!*`, `*.json` and `lib/` are not meant for secrets.
 */
function explicitLines(lists: ProjectLists): ExplicitLines {
  const asked = [
    ...lists.ignoreLines.flatMap((rule, index) =>
      rule.startsWith('!') ? [askedBy('.kpluginignore', rule, index)] : [],
    ),
    ...(lists.files ?? []).flatMap((rule, index) =>
      rule.startsWith('!') ? [] : [askedBy('files', rule, index)],
    ),
  ].reverse();
  const strict = asked.filter((line) => line.strict);
  const exact = asked.filter(({ path, hasWildcard }) => !hasWildcard && !path.endsWith('/'));
  return {
    forName: (path) => plain(strict.find((line) => line.matches(path) || leadsBelow(line, path))),
    forFile: (path) =>
      plain(exact.find((line) => line.matches(path) && baseName(line.path) === baseName(path))),
  };
}

function askedBy(list: ListName, rule: string, index: number): Asked {
  // After the leading `!`, a second `!` or `#` has no special meaning, and an escaped space belongs to the name.
  const bare = rule.startsWith('!') ? rule.slice(1).replace(/^[!#]/, '\\$&') : rule;
  const trimmed = bare.trimEnd();
  const pattern = trimmed.endsWith('\\') ? bare.slice(0, trimmed.length + 1) : trimmed;
  const named = patternPath(pattern);
  const path = (named ?? pattern).replace(/^\//, '');
  const rules = ignore({ ignorecase: false }).add(pattern);
  return {
    list,
    line: index + 1,
    rule,
    path,
    hasWildcard: named === null,
    strict: strictRule(path.replace(/\/$/, '/*')) !== null || strictRule(path) !== null,
    matches: (other) => rules.ignores(other),
  };
}

/** `.aws/` must be entered for `!.aws/config`. */
function leadsBelow({ path }: Asked, directory: string): boolean {
  return directory.endsWith('/') && path.startsWith(directory);
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function plain(found: Asked | undefined): ExplicitLine | null {
  return found ? { list: found.list, line: found.line, rule: found.rule } : null;
}
