import type { ViewProblem } from '../model/view.ts';
import type { Report } from './rule.ts';
import type { Subject } from './subject.ts';

/** A package repeats its faults, all with one mend; more than this of one rule help nobody. */
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

/** The first reports of a rule, and one that counts the rest. */
export function firstOf(subject: Subject, reports: readonly Report[]): readonly Report[] {
  const rest = reports.slice(MOST_REPORTS);
  const [next] = rest;
  if (next === undefined) return reports;
  const message = `The same holds for ${rest.length} more, such as ${next.file}`;
  return [...reports.slice(0, MOST_REPORTS), { ...plain(next), file: subject.view.label, message }];
}

function plain({ at: _, ...report }: Report): Report {
  return report;
}
