import { fileOf, firstOf, problemsOf } from '../../problems.ts';
import type { Report, Rule } from '../../rule.ts';
import { repack } from '../../words.ts';

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
    const reports = problemsOf(subject, 'backslash-name').map((problem): Report => {
      const file = fileOf(subject, problem);
      const isYaml = /^sources\\[^\\]+\.yaml$/.test(file);
      return {
        file,
        message: 'The name of this entry has a backslash where a slash belongs',
        effect: `eKuiper makes one file of exactly this name in the plugin's folder${
          isYaml ? `, then refuses the install: "missing ${file.replace('\\', '/')}"` : ''
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
