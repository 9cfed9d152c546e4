import { posix } from 'node:path';
import { closest } from '../../../model/closest.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { leftOutAt } from '../../program/left-out-files.ts';
import { type ScriptFile, scriptFiles } from '../../shell/script-files.ts';
import { notLookedInto, readableScript } from '../../shell/shell-scripts.ts';
import { isSymbolPath, packedPaths } from '../../subject/entries.ts';
import type { Subject, TextFile } from '../../subject/subject.ts';

export const installShMissingFile: Rule = {
  id: 'install-sh-missing-file',
  severity: 'warning',
  explanation: {
    means:
      'install.sh uses a file of the plugin that is not in the package. Paths count that stand in its text as they are; ' +
      'files that the script makes, downloads or tests for itself are not reported, and of those that may come out of ' +
      'an archive that it unpacks one line (info) says that kplugin did not look.',
    why:
      'eKuiper unpacks the package and runs /bin/sh <folder of the plugin>/install.sh in that folder. When the script ' +
      'ends with an error, eKuiper refuses the install with what the script wrote to stderr.',
    issues: [],
    bad: 'cur=$(dirname "$0")\npip install -r $cur/requirement.txt   # the file is requirements.txt',
    good: 'cur=$(dirname "$0")\npip install -r $cur/requirements.txt',
  },
  async check(subject) {
    const script = await readableScript(subject);
    if (script === null) return [];
    const paths = packedPaths(subject.view);
    const exists = (path: string): boolean => paths.has(path) && !isSymbolPath(`${path}/`);
    const missing = scriptFiles(script.source.text, exists).filter(({ path }) => !exists(path));
    const unpacked = missing.flatMap((one) =>
      one.isNeeded && one.mayBeUnpacked ? [{ ...one, file: script.path }] : [],
    );
    const reports = missing.map((file) => report(subject, script, file, paths));
    return [...(await Promise.all(reports)).flat(), ...notLookedInto('install.sh uses', unpacked)];
  },
};

async function report(
  subject: Subject,
  script: TextFile,
  { path, isNeeded, mayBeUnpacked, start, end }: ScriptFile,
  paths: ReadonlySet<string>,
): Promise<Report[]> {
  const leftOut = await leftOutAt(subject, path);
  if ((!isNeeded || mayBeUnpacked) && !leftOut) return [];
  const elsewhere = paths.has(path);
  return [
    {
      file: script.path,
      at: { start, end },
      message: leftOut
        ? `install.sh uses ${path}, which is left out of the package (${leftOut.rule})`
        : elsewhere
          ? `install.sh uses ${path}, which eKuiper does not put into the folder of the plugin`
          : `install.sh uses ${path}, which is not in the package`,
      effect: elsewhere && !leftOut ? MOVED : FAILS,
      hint: leftOut?.fix ?? hintFor(path, elsewhere ? null : nearTo(path, paths), elsewhere),
    },
  ];
}

const FAILS =
  'The command fails; if the script then ends with an error, eKuiper refuses the install with its stderr';
const MOVED =
  'eKuiper unpacks sources/, sinks/ and functions/ into its own folders, so the command does not find it';

function hintFor(path: string, near: string | null, elsewhere: boolean): string {
  if (elsewhere) return 'Put a copy of the file elsewhere in the package, and use that';
  const add = `Put ${path} into the package, or correct install.sh`;
  return near === null ? add : `Did you mean ${near}? If not, ${add.replace('Put', 'put')}`;
}

/** Limit of names to compare: above it no name is suggested. */
const MOST_NAMES = 2000;

/** A file with a similar name in the same folder, or with the same name in another. */
function nearTo(path: string, paths: ReadonlySet<string>): string | null {
  if (paths.size > MOST_NAMES || path.length > 300) return null;
  const folder = posix.dirname(path);
  const beside = [...paths].filter((other) => posix.dirname(other) === folder);
  const names = beside.map((other) => posix.basename(other));
  const near = closest(posix.basename(path), names);
  if (near !== null) return posix.join(folder, near);
  return [...paths].find((other) => posix.basename(other) === posix.basename(path)) ?? null;
}
