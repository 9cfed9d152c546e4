import type { Entry, ViewProblem } from '../../model/view.ts';

/** Entries whose names are equal on file systems that fold letter case or Unicode forms. */
export function caseConflicts(entries: readonly Entry[]): ViewProblem[] {
  const first = new Map<string, string>();
  const problems: ViewProblem[] = [];
  for (const { path, rawName } of entries) {
    const key = path.normalize('NFC').toLowerCase();
    const other = first.get(key);
    if (other === undefined) first.set(key, path);
    else if (other !== path) problems.push(conflict(rawName, other));
  }
  return problems;
}

function conflict(entry: string, other: string): ViewProblem {
  const detail = `differs from ${other} only in letter case or Unicode form`;
  return { kind: 'case-conflict', entry, detail };
}
