import type { Ignore } from 'ignore';
import ignore from 'ignore';
import { patternPath } from '../../model/ignore-pattern.ts';
import type { SecretName } from '../../model/secrets/secret-names.ts';
import type { ProjectLists } from './project-lists.ts';
import { leftOutBy, strictRule } from './strict.ts';
import { type ExplicitLine, type ListName, TAKEN, type Verdict } from './verdict.ts';

/** Decides about every path of a project. Paths are POSIX and relative; a directory's ends with a slash. */
export interface IgnoreRules {
  verdict(path: string): Verdict;
  /** The strict set's verdict about a name, where no line asks for it; of what a link leads to only this counts. */
  strict(path: string): Verdict | null;
  /** The line that names this very file, without any wildcard. */
  named(path: string): ExplicitLine | null;
}

const DEFAULT_MARK = 'default';

/**
 * Puts the three classes of rules together: the strict set (unless a line names what it leaves out), then `files`
 * (what is not named there is out), then `.kpluginignore` over the defaults as one gitignore text: the last match
 * wins, `!` lets back in, and nothing below an ignored directory comes back.
 *
 * A default rule that would leave out one of the `needed` paths (the executable) does not count at all:
 * what lies beside the executable is likely to be needed as well.
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
      // What is in only because a line asks for it.
      return rule && line ? { packed: true, ...line, reason: rule.reason } : TAKEN;
    },
  };
}

/** The default rules are the same for every project: who packs often (`dev`) makes them once. */
const DEFAULT_RULES = new Map<string, DefaultRule>();

interface DefaultRule {
  /** In whatever case a path is written. */
  readonly anyCase: Ignore;
  /** As it stands among the others. */
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

/** What the project asks for by name, although the strict set leaves it out. */
interface ExplicitLines {
  /** The line that lets in a path which the strict set leaves out by its name; a directory's ends with a slash. */
  forName(path: string): ExplicitLine | null;
  /** The line that names this very file, without any wildcard. */
  forFile(path: string): ExplicitLine | null;
}

interface Asked extends ExplicitLine {
  /** Without `!` and the slash in front; as the pattern writes it where that has wildcards. */
  readonly path: string;
  readonly hasWildcard: boolean;
  /** Whether the line itself looks like what the strict set leaves out. */
  readonly strict: boolean;
  matches(path: string): boolean;
}

/**
 * Collects the lines that are explicit. A line is, when what it names is itself a name of the strict set: `!policy.zip`,
 * `!*.zip`, `secrets.json` and `!secrets/` are, while `!*`, `*.json` and `lib/` never thought of a secret.
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
  // Behind the first one `!` and `#` have no meaning of their own, and a space that is escaped belongs to the name.
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

/** `.aws/` has to be entered for `!.aws/config`. */
function leadsBelow({ path }: Asked, directory: string): boolean {
  return directory.endsWith('/') && path.startsWith(directory);
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function plain(found: Asked | undefined): ExplicitLine | null {
  return found ? { list: found.list, line: found.line, rule: found.rule } : null;
}
