import { shellWordOr } from '../../../model/shell-word.ts';
import { fileOf, firstOf, problemsOf } from '../../problems.ts';
import type { Repair, Report, Rule } from '../../rule.ts';
import { repack } from '../../words.ts';

export const entryNameEncoding: Rule = {
  id: 'entry-name-encoding',
  severity: 'warning',
  explanation: {
    means:
      'The name of an entry is not in UTF-8: the program that made the zip wrote it in the code page of its Windows.',
    why:
      'eKuiper makes a file whose name has exactly these bytes. A program on Linux opens a name in UTF-8, which has other ' +
      'bytes, and does not find the file.',
    issues: [],
    bad: 'The Explorer of a Chinese Windows ("Compressed folder") with 模型.onnx in it',
    good: 'kplugin pack --from probe.zip -o fixed.zip',
  },
  check(subject) {
    const reports = problemsOf(subject, 'foreign-name').map(
      (problem): Report => ({
        file: fileOf(subject, problem),
        message: `The name of this entry cannot be read: ${problem.detail}`,
        effect:
          'eKuiper makes a file with these very bytes as its name; a program that opens the name in UTF-8 does not find it',
        hint: rewrite(problem.encodings ?? []),
      }),
    );
    return firstOf(subject, reports);
  },
};

/** Only a person can tell which of several readings is the name. */
function rewrite([best, ...others]: readonly string[]): Repair {
  if (best !== undefined && others.length === 0) {
    return repack('it writes the name in UTF-8');
  }
  const or = others.length > 0 ? `, or with ${others.join(' or ')}` : '';
  const flags = ` --name-encoding ${shellWordOr(best, '<encoding>')}${or}, whichever gives the right name`;
  return repack('it writes it in UTF-8', { flags });
}
