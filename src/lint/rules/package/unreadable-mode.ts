import { firstOf, type Report, type Rule } from '../../engine/rule.ts';
import { repack } from '../../engine/words.ts';

const OWNER_READS = 0o400;
const OTHERS_READ = 0o004;

export const unreadableMode: Rule = {
  id: 'unreadable-mode',
  severity: 'info',
  explanation: {
    means:
      'The mode of a file in the package keeps it from being read: by everybody (0000), or by other users (0600).',
    why:
      'eKuiper makes the file with that mode. With 0000 it cannot open it again itself, unless it runs as root. ' +
      'With 0600 only the user that installed it can, which matters when a volume is used by another image later. ' +
      "Python's zipfile.writestr writes both.",
    issues: [],
    bad: '-rw-------  main.py',
    good: '-rw-r--r--  main.py',
  },
  check(subject) {
    const files = subject.view.entries.filter(
      ({ kind, mode }) => kind === 'file' && mode !== null && (mode & OTHERS_READ) === 0,
    );
    const reports = files.map(({ path, mode }): Report => {
      const nobody = ((mode ?? 0) & OWNER_READS) === 0;
      return {
        file: path,
        ...(nobody && { severity: 'warning' }),
        message: `The mode ${(mode ?? 0).toString(8).padStart(4, '0')} lets ${nobody ? 'nobody' : 'only its owner'} read this file`,
        effect: nobody
          ? 'eKuiper unpacks it and cannot open it afterwards (permission denied), unless it runs as root'
          : 'Only the user that eKuiper runs as when it installs the plugin can read it',
        hint: repack('it writes 0644'),
      };
    });
    return firstOf([...reports].sort(worstFirst));
  },
};

function worstFirst(a: Report, b: Report): number {
  return Number(b.severity === 'warning') - Number(a.severity === 'warning');
}
