import type { ViewProblem } from '../../model/view.ts';
import type { Subject } from '../subject/subject.ts';
import type { Report } from './rule.ts';

/** A package repeats its faults, all with one fix; more than this of one rule help nobody. */
const MOST_REPORTS = 3;

/** The container's own problems of these kinds. */
export function problemsOf(
  { view }: Subject,
  ...kinds: readonly ViewProblem['kind'][]
): readonly ViewProblem[] {
  return view.problems.filter(({ kind }) => kinds.includes(kind));
}

/** The file to name for a problem: its entry, or the whole package. */
export function fileOf({ view }: Subject, problem: ViewProblem): string {
  return problem.entry === null ? view.label : problem.entry;
}

/**
 * The first reports of a rule; the last of them counts the rest. It belongs to a file of its own, because findings are
 * ordered by their files: what only points at others would stand before them.
 */
export function firstOf(reports: readonly Report[]): readonly Report[] {
  const shown = reports.slice(0, MOST_REPORTS + 1);
  const last = shown.at(-1);
  const more = reports.length - shown.length;
  if (last === undefined || more === 0) return reports;
  const message = `${last.message}; the same holds for ${more} more`;
  return [...shown.slice(0, -1), { ...last, message }];
}
