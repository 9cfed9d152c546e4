import type { ViewProblem } from '../../../model/view.ts';
import { fileOf, problemsOf, type Report, type Rule } from '../../engine/rule.ts';
import { refused } from '../../engine/words.ts';

export const notAZip: Rule = {
  id: 'not-a-zip',
  severity: 'error',
  explanation: {
    means:
      'The file is no zip, its end record is missing, truncated or wrong, or its table of contents is not what that says.',
    why:
      'The end record of a zip tells where its table of contents is. A file without a right one is refused by every eKuiper; it comes from broken ' +
      'downloads and uploads, from tar.gz or RAR files with another extension, and from error pages saved as a zip.',
    issues: [],
    bad: 'tar czf probe.zip probe.json main.py',
    good: 'kplugin pack -o probe.zip',
  },
  check(subject): Report[] {
    return problemsOf(subject, 'not-a-zip', 'truncated', 'bad-directory').map((problem) => ({
      file: fileOf(subject, problem),
      message: messageOf(problem),
      effect: refused(problem.answer ?? 'zip: not a valid zip file'),
      hint: 'Make or download the package again; kplugin pack writes one from the project',
    }));
  },
};

function messageOf({ kind, detail }: ViewProblem): string {
  if (kind === 'truncated')
    return 'The file begins like a zip and has no end record, with which every zip ends';
  return kind === 'not-a-zip' ? 'This is not a zip file' : `The zip is damaged: ${detail}`;
}
