import { fileOf, firstOf, problemsOf, type Report, type Rule } from '../../engine/rule.ts';
import { refused } from '../../engine/words.ts';

export const entryEncrypted: Rule = {
  id: 'entry-encrypted',
  severity: 'error',
  explanation: {
    means: 'The package, or an entry in it, is encrypted with a password.',
    why: 'No eKuiper can be given a password: it unpacks the encrypted bytes as they are and finds the checksum wrong.',
    issues: [],
    bad: 'zip -e probe.zip probe.json main.py',
    good: 'kplugin pack',
  },
  check(subject) {
    // Found by reading the data: the flag alone is not enough, because Go ignores it.
    const reports = problemsOf(subject, 'encrypted').map(
      (problem): Report => ({
        file: fileOf(subject, problem),
        message: problem.entry === null ? 'The package is encrypted' : 'The entry is encrypted',
        effect: refused(problem.answer ?? 'flate: corrupt input" or "zip: checksum error'),
        hint: 'Pack it without a password; protect it on its way instead',
      }),
    );
    return firstOf(reports);
  },
};
