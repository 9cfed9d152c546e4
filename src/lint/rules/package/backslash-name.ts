import { has } from '../../../model/behaviours.ts';
import type { ViewProblem } from '../../../model/view.ts';
import { fileOf, firstOf, problemsOf, type Report, type Rule } from '../../engine/rule.ts';
import { refused, repack } from '../../engine/words.ts';
import type { Subject } from '../../subject/subject.ts';

export const backslashName: Rule = {
  id: 'backslash-name',
  severity: 'warning',
  explanation: {
    means:
      'An entry is named with backslashes instead of slashes. Some programs on Windows write such zips.',
    why:
      'On Linux a backslash is a letter like any other: eKuiper takes the package and makes a file called "lib\\a.py" in the ' +
      "plugin's folder, where no program finds lib/a.py. Of a source that the manifest names it misses sources/x.yaml, and " +
      'refuses the install. No version converts the name.',
    issues: [],
    bad: 'probe.zip\n  sources\\psrc.yaml',
    good: 'probe.zip\n  sources/psrc.yaml',
  },
  check(subject) {
    const problems = problemsOf(subject, 'backslash-name');
    const missed = (problem: ViewProblem): boolean => isMissedYaml(problem, subject);
    const worstFirst = [...problems].sort((a, b) => Number(missed(b)) - Number(missed(a)));
    const reports = worstFirst.map((problem): Report => {
      const file = fileOf(subject, problem);
      if (leavesOnWindows(problem)) return onWindowsOnly(subject, file);
      return {
        file,
        // Pack does not write such a name from a project.
        ...((missed(problem) || subject.view.form === 'directory') && { severity: 'error' }),
        message: 'The name of this entry has a backslash where a slash belongs',
        effect: missed(problem)
          ? refused(`missing ${slashed(file)}`)
          : `eKuiper takes it and makes one file of exactly this name in the plugin's folder; a program that opens ${slashed(file)} does not find it`,
        hint:
          subject.view.form === 'zip'
            ? repack('it writes slashes')
            : 'Rename the file without the backslash',
      };
    });
    return firstOf(reports);
  },
};

function leavesOnWindows({ detail }: ViewProblem): boolean {
  return detail.includes('Windows');
}

/** C:\x or ..\x: not a path in the plugin, so the backslashes are not replaced. */
function onWindowsOnly({ target }: Subject, file: string): Report {
  const isRefused = has(target, 'refuses-double-dots') && file.includes('..');
  return {
    file,
    ...(isRefused && { severity: 'error' }),
    message: 'The name of this entry is a path of Windows, which leads out of the plugin there',
    effect: isRefused
      ? refused(`invalid file name: path traversal or absolute paths are not allowed: '${file}'`)
      : `eKuiper ${target} on Linux makes one file of exactly this name in the plugin's folder; programs on Windows refuse it or write it elsewhere`,
    hint: 'Make the package anew with a plain name for this file, or without it',
  };
}

function slashed(file: string): string {
  return file.replaceAll('\\', '/');
}

/** eKuiper requires the YAML of every source that the manifest lists; other misnamed files do not stop the install. */
function isMissedYaml({ entry }: ViewProblem, { symbols }: Subject): boolean {
  const source = /^sources\\([^\\]+)\.yaml$/.exec(entry ?? '')?.[1];
  return symbols.some(({ kind, name }) => kind === 'source' && name === source);
}
