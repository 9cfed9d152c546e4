import type { ViewProblem } from '../../model/view.ts';
import type { Subject } from '../subject/subject.ts';
import type { Report } from './rule.ts';

/** Limit of reports per rule: a package repeats the same problem, and all have one fix. */
const MOST_REPORTS = 3;

/** The problems of these kinds in the container (zip or directory). */
export function problemsOf(
  { view }: Subject,
  ...kinds: readonly ViewProblem['kind'][]
): readonly ViewProblem[] {
  return view.problems.filter(({ kind }) => kinds.includes(kind));
}

/** The file that a problem is reported for: its entry, or the whole package. */
export function fileOf({ view }: Subject, problem: ViewProblem): string {
  return problem.entry === null ? view.label : problem.entry;
}

/**
 * The first reports of a rule; the last of them counts the rest. For rules whose reports have a file each: findings are
 * sorted by file, so a count at another file would come before them.
 */
export function firstOf(reports: readonly Report[]): readonly Report[] {
  const shown = reports.slice(0, MOST_REPORTS + 1);
  const last = shown.at(-1);
  const more = reports.length - shown.length;
  if (last === undefined || more === 0) return reports;
  const message = `${last.message}; the same holds for ${more} more`;
  return [...shown.slice(0, -1), { ...last, message }];
}
