import { has } from '../../../model/behaviours.ts';
import { firstOf, type Report, type Rule } from '../../engine/rule.ts';
import { refused, repack } from '../../engine/words.ts';

const SPECIAL = 0o7000;

export const specialMode: Rule = {
  id: 'special-mode',
  severity: 'error',
  explanation: {
    means: 'An entry has a setuid, setgid or sticky bit.',
    why:
      'eKuiper 2.2 and later refuse every mode beyond 0777. Up to 2.1 the file is made with the bit, which lets ' +
      'whoever runs it act as the user that eKuiper runs as.',
    issues: ['#3646'],
    bad: '-rwsr-xr-x  helper',
    good: '-rwxr-xr-x  helper',
  },
  check(subject) {
    const { view, target } = subject;
    const files = view.entries.filter(
      ({ kind, mode }) => kind === 'file' && ((mode ?? 0) & SPECIAL) !== 0,
    );
    const reports = files.map(
      ({ path, mode }): Report => ({
        file: path,
        ...(!has(target, 'refuses-special-modes') && { severity: 'warning' }),
        message: `The mode ${(mode ?? 0).toString(8).padStart(4, '0')} has a setuid, setgid or sticky bit`,
        effect: has(target, 'refuses-special-modes')
          ? refused(`openat ${path}: unsupported file mode`)
          : `eKuiper ${target} makes the file with that bit`,
        hint: repack('it writes 0755 and 0644 only'),
      }),
    );
    return firstOf(reports);
  },
};
