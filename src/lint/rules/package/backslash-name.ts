import type { ViewProblem } from '../../../model/view.ts';
import { fileOf, firstOf, problemsOf } from '../../problems.ts';
import type { Report, Rule } from '../../rule.ts';
import type { Subject } from '../../subject.ts';
import { refused, repack } from '../../words.ts';

export const backslashName: Rule = {
  id: 'backslash-name',
  severity: 'error',
  explanation: {
    means:
      'An entry is named with backslashes instead of slashes. Some programs on Windows write such zips.',
    why:
      'On Linux a backslash is a letter like any other: eKuiper makes a file called "sources\\x.yaml" in the root and ' +
      'then misses sources/x.yaml. No version converts it.',
    issues: [],
    bad: 'probe.zip\n  sources\\psrc.yaml',
    good: 'probe.zip\n  sources/psrc.yaml',
  },
  check(subject) {
    const problems = problemsOf(subject, 'backslash-name');
    const worstFirst = [...problems].sort((a, b) => Number(isYaml(b)) - Number(isYaml(a)));
    const reports = worstFirst.map((problem): Report => {
      const file = fileOf(subject, problem);
      if (leavesOnWindows(problem)) return onWindowsOnly(subject, file);
      return {
        file,
        message: 'The name of this entry has a backslash where a slash belongs',
        effect: `eKuiper makes one file of exactly this name in the plugin's folder${
          isYaml(problem) ? `, then refuses the install: "missing ${file.replace('\\', '/')}"` : ''
        }`,
        hint:
          subject.view.form === 'zip'
            ? `${repack(subject)}: it writes slashes`
            : 'Rename the file without the backslash',
      };
    });
    return firstOf(subject, reports);
  },
};

function leavesOnWindows({ detail }: ViewProblem): boolean {
  return detail.includes('Windows');
}

/** C:\x or ..\x: no name that was meant for the plugin, so nothing puts slashes into it. */
function onWindowsOnly({ target, manners }: Subject, file: string): Report {
  const isRefused = manners.refusesDoubleDots && file.includes('..');
  return {
    file,
    ...(!isRefused && { severity: 'warning' }),
    message: 'The name of this entry is a path of Windows, which leads out of the plugin there',
    effect: isRefused
      ? refused(`invalid file name: path traversal or absolute paths are not allowed: '${file}'`)
      : `eKuiper ${target} on Linux makes one file of exactly this name in the plugin's folder; programs on Windows refuse it or write it elsewhere`,
    hint: 'Make the package anew with a plain name for this file, or without it',
  };
}

/** eKuiper requires the YAML of every source; nothing else of what is misnamed stops the install. */
function isYaml({ entry }: ViewProblem): boolean {
  return /^sources\\[^\\]+\.yaml$/.test(entry ?? '');
}
