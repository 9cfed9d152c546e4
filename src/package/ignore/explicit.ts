import ignore from 'ignore';
import type { ProjectLists } from './project-lists.ts';
import { strictRule } from './strict.ts';
import type { ExplicitLine, ListName } from './verdict.ts';

/** What the project asks for by name, although the strict set leaves it out. */
export interface ExplicitLines {
  /** The line that lets in a path which the strict set leaves out by its name; a directory's ends with a slash. */
  forName(path: string): ExplicitLine | null;
  /** The line that names this very file, without any wildcard. */
  forFile(path: string): ExplicitLine | null;
}

interface Asked extends ExplicitLine {
  /** Without `!` and the slash in front. */
  readonly path: string;
  /** Whether the line itself looks like what the strict set leaves out. */
  readonly strict: boolean;
  matches(path: string): boolean;
}

/**
 * Collects the lines that are explicit. A line is, when what it names is itself a name of the strict set: `!policy.zip`,
 * `!*.zip`, `secrets.json` and `!secrets/` are, while `!*`, `*.json` and `lib/` never thought of a secret.
 */
export function explicitLines(lists: ProjectLists): ExplicitLines {
  const asked = [
    ...lists.ignoreLines.flatMap((rule, index) =>
      rule.startsWith('!') ? [askedBy('.kpluginignore', rule, index)] : [],
    ),
    ...(lists.files ?? []).flatMap((rule, index) =>
      rule.startsWith('!') ? [] : [askedBy('files', rule, index)],
    ),
  ].reverse();
  const strict = asked.filter((line) => line.strict);
  const exact = asked.filter(({ path }) => !/[*?[\]\\]|\/$/.test(path));
  return {
    forName: (path) => plain(strict.find((line) => line.matches(path) || leadsBelow(line, path))),
    forFile: (path) =>
      plain(exact.find((line) => line.matches(path) && baseName(line.path) === baseName(path))),
  };
}

function askedBy(list: ListName, rule: string, index: number): Asked {
  const pattern = (rule.startsWith('!') ? rule.slice(1) : rule).trimEnd();
  const path = pattern.replace(/^\//, '');
  const rules = ignore({ ignorecase: false }).add(pattern);
  return {
    list,
    line: index + 1,
    rule,
    path,
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
