import { entryAt, hasRequiredFile } from '../../entries.ts';
import { listedSymbols } from '../../manifest.ts';
import type { Repair, Report, Rule } from '../../rule.ts';
import type { Subject } from '../../subject.ts';
import { refused, repack } from '../../words.ts';

/** Each searches the package for what was meant. */
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
    return listedSymbols(subject)
      .filter(({ kind, name }) => kind === 'source' && name !== '')
      .filter(({ name }) => !hasRequiredFile(subject, `sources/${name}.yaml`))
      .filter(({ name }) => !hasOtherExtension(subject, name))
      .slice(0, MOST_REPORTS)
      .map(({ name, at }) => ({
        file: subject.manifest?.path ?? '',
        at,
        message: `The source "${name}" has no sources/${name}.yaml`,
        effect: refused(`missing sources/${name}.yaml`),
        hint: hintFor(subject, `sources/${name}.yaml`),
      }));
  },
};

/** `sources/x.yml` and `sources/x.YAML` are reported where they are. */
function hasOtherExtension({ view }: Subject, name: string): boolean {
  return view.entries.some(({ path }) => {
    const extension = path.slice(`sources/${name}`.length);
    const named = path.startsWith(`sources/${name}.`) && /^\.ya?ml$/i.test(extension);
    return named && extension !== '.yaml';
  });
}

function hintFor(subject: Subject, path: string): string | Repair {
  const entry = entryAt(subject.view, path);
  if (entry?.kind === 'directory')
    return `${path} is a folder: make it a file; "default: {}" is enough`;
  if (entry !== null)
    return repack(`it names it ${path}`, { first: `Its entry is named "${entry.rawName}".` });
  const leftOut = subject.view.leftOut.get(path);
  if (leftOut) return `The file exists, but is left out (${leftOut.rule}). ${leftOut.fix}`;
  const near = subject.view.entries.find(
    (other) => other.path.toLowerCase() === path.toLowerCase(),
  );
  return near ? `Rename ${near.path} to ${path}` : `Add ${path}; "default: {}" is enough`;
}
