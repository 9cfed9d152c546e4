import { has } from '../../../model/behaviours.ts';
import type { PluginView } from '../../../model/view.ts';
import { firstOf, type Report, type Rule } from '../../engine/rule.ts';
import { refused } from '../../engine/words.ts';
import type { Subject } from '../../subject/subject.ts';
import { type NameConflict, nameConflictsOf } from '../../subject/unpacking.ts';

export const fileAndFolder: Rule = {
  id: 'file-and-folder',
  severity: 'error',
  explanation: {
    means:
      'A name is a file and a folder in one package: lib and lib/a.py, or main.py and main.py/.',
    why:
      'A file system holds one of them. Where a file stands in the way of a folder, every eKuiper refuses the package; ' +
      'in another order some refuse it and others lose what they unpacked before.',
    issues: [],
    bad: 'probe.zip\n  lib\n  lib/a.py',
    good: 'probe.zip\n  lib/\n  lib/a.py',
  },
  check(subject) {
    const reports = clashesIn(subject.view).map(
      (clash): Report => ({
        file: clash.path,
        message: `${clash.file} is a file in the package, and a folder as well`,
        effect: effectOf(subject, clash),
        hint: 'Rename one of them, or leave it out, and make the package again',
      }),
    );
    return firstOf(reports);
  },
};

/**
 * For a package that is planned from a zip: the conflicts of the zip first, then those that only its repaired names
 * cause.
 */
function clashesIn({ entries, from }: PluginView): readonly NameConflict[] {
  const planned = nameConflictsOf(entries);
  if (from === undefined) return planned;
  const own = nameConflictsOf(from.kept);
  const known = new Set(own.map(({ file }) => file));
  return [
    ...own,
    ...planned.filter(({ file }) => !known.has(file) && !known.has(from.wrapping + file)),
  ];
}

/** What UnzipTo of the target version does with an existing file or folder. */
function effectOf({ target }: Subject, { what, path, file }: NameConflict): string {
  const isStrict = has(target, 'makes-one-folder');
  switch (what) {
    case 'file-below-file':
      return refused(
        isStrict ? `openat ${path}: not a directory` : `failed to delete file …/${path}`,
      );
    case 'folder-below-file':
      return isStrict
        ? refused(`mkdirat ${path}: not a directory`)
        : 'eKuiper keeps the file, and does not make the folder';
    case 'file-over-content':
      return isStrict
        ? refused(`openat ${file}: is a directory`)
        : `eKuiper deletes what it unpacked to ${file}/ before, and writes the file`;
    case 'same-name':
      return 'eKuiper keeps the file; other programs keep the folder, or refuse the package';
  }
}
