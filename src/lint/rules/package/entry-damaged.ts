import { fileOf, firstOf, problemsOf, type Report, type Rule } from '../../engine/rule.ts';
import { refused } from '../../engine/words.ts';

export const entryDamaged: Rule = {
  id: 'entry-damaged',
  severity: 'error',
  explanation: {
    means:
      'A file of the package or project cannot be read: its data is damaged, or the system refuses.',
    why: 'eKuiper unpacks every entry and stops at the first that does not unpack to what its checksum says.',
    issues: [],
    bad: 'probe.zip, with one byte changed',
    good: 'unzip -t probe.zip\n  No errors detected',
  },
  check(subject) {
    const { view } = subject;
    const zip = view.form === 'zip' || view.from !== undefined;
    const reports = problemsOf(subject, 'unreadable').map(
      (problem): Report => ({
        file: fileOf(subject, problem),
        message: `${zip ? 'The entry' : 'The file'} cannot be read: ${problem.detail}`,
        effect: zip
          ? refused(problem.answer ?? 'zip: checksum error" or "flate: corrupt input')
          : 'It cannot be packed, so eKuiper will not get it',
        hint: zip ? 'Make or download the package again' : 'Correct or remove it',
      }),
    );
    return firstOf(reports);
  },
};
