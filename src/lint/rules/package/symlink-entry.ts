import { posix } from 'node:path';
import { has } from '../../../model/behaviours.ts';
import { cleanPath, joinPath } from '../../../model/clean-path.ts';
import type { Entry } from '../../../model/view.ts';
import { firstOf, type Repair, type Report, type Rule } from '../../engine/rule.ts';
import { refused, repack } from '../../engine/words.ts';
import { entryAt } from '../../subject/entries.ts';
import type { Subject } from '../../subject/subject.ts';

/** Only the first links get a report of their own. */
const MOST_READ = 20;
const MOST_BYTES = 4096;

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
  async check(subject) {
    const { view, target } = subject;
    const links = view.entries.filter(({ kind }) => kind === 'symlink' || kind === 'other');
    const fixes = await Promise.all(links.slice(0, MOST_READ).map((link) => fixOf(subject, link)));
    const reports = links.map((entry, index): Report => {
      const link = entry.kind === 'symlink';
      return {
        file: entry.path,
        message: link ? 'The entry is a symbolic link' : 'The entry is a pipe, socket or device',
        effect: has(target, 'refuses-special-modes')
          ? refused(`openat ${entry.path}: unsupported file mode`)
          : `eKuiper ${target} writes a plain file instead${link ? ', with the path that the link led to in it' : ''}`,
        hint: fixes[index] ?? 'Leave it out of the package',
      };
    });
    return firstOf(reports);
  },
};

/** A link can be replaced by its target if that is in the package too. */
async function fixOf(subject: Subject, { path, kind }: Entry): Promise<string | Repair | null> {
  const bytes = kind === 'symlink' ? await subject.view.read(path, MOST_BYTES) : null;
  if (bytes === null) return null;
  const leadsTo = cleanPath(joinPath(posix.dirname(path), new TextDecoder().decode(bytes)));
  return entryAt(subject.view, leadsTo.replace(/\/$/, '')) === null
    ? 'Put the file in its place: what the link leads to is not in the package'
    : repack('it packs what the link leads to');
}
