import { fileOf, firstOf, problemsOf, type Report, type Rule } from '../../engine/rule.ts';
import { refused } from '../../engine/words.ts';

export const unsupportedCompression: Rule = {
  id: 'unsupported-compression',
  severity: 'error',
  explanation: {
    means:
      'An entry is compressed by another method than "deflate" (or none): bzip2, LZMA, zstd, Deflate64.',
    why: 'Go, in which eKuiper is written, unpacks stored and deflated entries only. Windows writes Deflate64 for big files.',
    issues: [],
    bad: '7z a -tzip -mm=LZMA probe.zip *',
    good: 'kplugin pack',
  },
  check(subject) {
    const reports = problemsOf(subject, 'unsupported-compression').map(
      (problem): Report => ({
        file: fileOf(subject, problem),
        message: `The entry ${problem.detail}`,
        effect: refused('zip: unsupported compression algorithm'),
        hint: 'Unpack it with the program that made it, then run kplugin pack there',
      }),
    );
    return firstOf(reports);
  },
};
