import { fileOf, firstOf, problemsOf, type Report, type Rule } from '../../engine/rule.ts';
import { repack } from '../../engine/words.ts';

export const zipUntidy: Rule = {
  id: 'zip-untidy',
  severity: 'warning',
  explanation: {
    means:
      'The zip has bytes that are not part of any entry (in front of the first, behind the last, between them, or ' +
      'behind the end of compressed data), says that it is part of a set of disks, or has a header field that is not as it should be.',
    why:
      'eKuiper unpacks it all the same, as Go reads it. Stricter programs refuse it. An upload or download that ' +
      'added bytes is the usual cause.',
    issues: [],
    bad: 'probe.zip, with a line feed behind its end',
    good: 'kplugin pack --from probe.zip -o fixed.zip',
  },
  check(subject) {
    const reports = problemsOf(subject, 'untidy').map(
      (problem): Report => ({
        file: fileOf(subject, problem),
        message: `The zip is not as it should be: ${problem.detail}`,
        effect: 'eKuiper unpacks it; other programs may refuse it',
        hint: repack('it writes the zip anew'),
      }),
    );
    return firstOf(reports);
  },
};
