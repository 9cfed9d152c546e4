import { firstOf, type Report, type Rule } from '../../engine/rule.ts';
import type { Subject } from '../../subject/subject.ts';

export const duplicateEntry: Rule = {
  id: 'duplicate-entry',
  severity: 'error',
  explanation: {
    means: 'Two entries of the package unpack to the same path.',
    why:
      'eKuiper keeps the last one. But it reads the manifest from the first, and other tools show either: ' +
      'nobody can tell what will run. Appending to an existing zip makes such packages.',
    issues: [],
    bad: 'probe.zip\n  main.py\n  ./main.py',
    good: 'probe.zip\n  main.py',
  },
  check(subject) {
    const manifest = subject.manifest?.path;
    const reports = duplicates(subject).map(
      (path): Report => ({
        file: path,
        message: `${path} is in the package more than once`,
        effect:
          path === manifest
            ? 'eKuiper installs by the first and reads the last when it starts again'
            : 'eKuiper keeps the last one',
        hint: 'Make the package anew; kplugin pack writes every file once',
      }),
    );
    return firstOf(reports);
  },
};

/** Duplicate directory entries are harmless. */
function duplicates({ view }: Subject): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { path, kind } of view.entries) {
    if (kind === 'directory') continue;
    if (seen.has(path)) twice.add(path);
    seen.add(path);
  }
  return [...twice];
}
