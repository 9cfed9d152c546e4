import { firstOf } from '../../problems.ts';
import type { Report, Rule } from '../../rule.ts';
import { refused, repack } from '../../words.ts';

export const symlinkEntry: Rule = {
  id: 'symlink-entry',
  severity: 'error',
  explanation: {
    means: 'An entry of the package is a symbolic link (or a pipe or device).',
    why:
      'eKuiper 2.2 and later refuse it; up to 2.1 it becomes a small text file with the path that the link led to. ' +
      'zip -y, virtual environments, node_modules/.bin and libfoo.so -> libfoo.so.1 make such entries.',
    issues: ['#3646'],
    bad: 'zip -ry probe.zip .\n  lib/libfoo.so -> libfoo.so.1',
    good: 'kplugin pack\n  lib/libfoo.so, a copy of the file',
  },
  check(subject) {
    const { view, manners, target } = subject;
    const links = view.entries.filter(({ kind }) => kind === 'symlink' || kind === 'other');
    const reports = links.map((entry): Report => {
      const link = entry.kind === 'symlink';
      return {
        file: entry.path,
        message: link ? 'The entry is a symbolic link' : 'The entry is a pipe, socket or device',
        effect: manners.refusesSpecialModes
          ? refused(`openat ${entry.path}: unsupported file mode`)
          : `eKuiper ${target} writes a plain file instead${link ? ', with the path that the link led to in it' : ''}`,
        hint: link
          ? `${repack(subject)}: it packs the file that the link leads to`
          : 'Leave it out of the package',
      };
    });
    return firstOf(subject, reports);
  },
};
