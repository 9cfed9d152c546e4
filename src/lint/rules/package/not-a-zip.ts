import { fileOf, problemsOf } from '../../problems.ts';
import type { Report, Rule } from '../../rule.ts';
import { refused } from '../../words.ts';

export const notAZip: Rule = {
  id: 'not-a-zip',
  severity: 'error',
  explanation: {
    means: 'The file is no zip, or its end is cut off.',
    why:
      "A zip's table of contents is at its end. A file without one is refused by every eKuiper; it comes from broken " +
      'downloads and uploads, from tar.gz or RAR files with another extension, and from error pages saved as a zip.',
    issues: [],
    bad: 'tar czf probe.zip probe.json main.py',
    good: 'kplugin pack -o probe.zip',
  },
  check(subject): Report[] {
    return problemsOf(subject, 'not-a-zip', 'truncated').map((problem) => ({
      file: fileOf(subject, problem),
      message:
        problem.kind === 'truncated'
          ? 'The zip is cut off: its table of contents, at the end, is missing'
          : 'This is not a zip file',
      effect: refused('zip: not a valid zip file'),
      hint: 'Make or download the package again; kplugin pack writes one from the project',
    }));
  },
};
