import type { Repair, Report, Rule } from '../../engine/rule.ts';
import { refused, repack } from '../../engine/words.ts';
import { entryAt, hasRequiredFile } from '../../subject/entries.ts';
import { listedSymbols } from '../../subject/manifest.ts';
import type { Subject } from '../../subject/subject.ts';

/** Limit of reports. */
const MOST_REPORTS = 100;

export const sourceYamlMissing: Rule = {
  id: 'source-yaml-missing',
  severity: 'error',
  explanation: {
    means: 'A source of the manifest has no sources/<source>.yaml.',
    why:
      'Every eKuiper requires the file for each source, although its documentation does not say so; an empty one is ' +
      'enough. ".yml" does not count, nor does another letter case. Sinks and functions need no file.',
    issues: ['#2646', '#3458'],
    bad: 'sources/psrc.yml',
    good: 'sources/psrc.yaml\n  default:\n    interval: 1000',
  },
  check(subject): Report[] {
    const otherwise = withOtherExtension(subject);
    const like = likePaths(subject);
    return listedSymbols(subject)
      .filter(({ kind, name }) => kind === 'source' && name !== '')
      .filter(({ name }) => !hasRequiredFile(subject, `sources/${name}.yaml`))
      .filter(({ name }) => !otherwise.has(name))
      .slice(0, MOST_REPORTS)
      .map(({ name, at }) => ({
        file: subject.manifest?.path ?? '',
        at,
        message: `The source "${name}" has no sources/${name}.yaml`,
        effect: refused(`missing sources/${name}.yaml`),
        hint: hintFor(subject, `sources/${name}.yaml`, like),
      }));
  },
};

/** The sources with `sources/x.yml` or `sources/x.YAML`; another rule reports those. */
function withOtherExtension({ view }: Subject): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { path } of view.entries) {
    const [, name, extension] = /^sources\/(.+)\.([yY][aA]?[mM][lL])$/s.exec(path) ?? [];
    if (name !== undefined && extension !== 'yaml') names.add(name);
  }
  return names;
}

type Like = (path: string) => string | undefined;

/** The path of the package that differs only in letter case; from an index, because there may be tens of thousands. */
function likePaths({ view }: Subject): Like {
  let folded: Map<string, string> | null = null;
  return (path) => {
    folded ??= new Map(view.entries.toReversed().map((one) => [one.path.toLowerCase(), one.path]));
    return folded.get(path.toLowerCase());
  };
}

function hintFor(subject: Subject, path: string, like: Like): string | Repair {
  const entry = entryAt(subject.view, path);
  if (entry?.kind === 'directory')
    return `${path} is a folder: make it a file; "default: {}" is enough`;
  if (entry !== null)
    return repack(`it names it ${path}`, { first: `Its entry is named "${entry.rawName}".` });
  const leftOut = subject.view.leftOut.get(path);
  if (leftOut) return `The file exists, but is left out (${leftOut.rule}). ${leftOut.fix}`;
  const near = like(path);
  return near ? `Rename ${near} to ${path}` : `Add ${path}; "default: {}" is enough`;
}
