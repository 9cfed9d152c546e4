import { fileOf, firstOf, problemsOf } from '../../problems.ts';
import type { Report, Rule } from '../../rule.ts';

export const badEntryName: Rule = {
  id: 'bad-entry-name',
  severity: 'error',
  explanation: {
    means:
      'A file name is empty, not UTF-8, holds control characters, or cannot exist on Windows (a warning only).',
    why:
      'eKuiper on Linux makes files of any name; but nobody can type, copy or delete them easily, and control ' +
      'characters in a name can deceive whoever reads a log or a terminal.',
    issues: [],
    bad: 'data\\n.json    aux.py    what?.txt',
    good: 'data.json     auxiliary.py    what.txt',
  },
  check(subject) {
    const reports = problemsOf(subject, 'bad-name').map(
      (problem): Report => ({
        file: fileOf(subject, problem),
        ...(problem.detail.includes('Windows') && { severity: 'warning' }),
        message: `The file name is bad: ${problem.detail}`,
        effect: problem.detail.includes('Windows')
          ? 'eKuiper on Linux takes it; Windows cannot unpack or check out this file'
          : 'eKuiper makes a file with exactly this name, which is hard to handle afterwards',
        hint: 'Rename the file',
      }),
    );
    return firstOf(subject, reports);
  },
};
