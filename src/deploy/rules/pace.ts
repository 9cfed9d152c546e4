import type { RuleStatus } from '../../client/rule-status.ts';

/** Milliseconds. A rule that received no row for this long is not waited for, unless its pace says otherwise. */
export const QUIET = 5000;

/** Milliseconds: the longest wait that follows from a pace alone. */
const LONGEST = 60_000;

/** So many times its average interval a rule may be silent. */
const INTERVALS = 3;

const LEAST_ROWS = 2;

/**
 * How long (milliseconds) a rule is watched for its first row after a change: three times the average interval of its
 * rows, at least 5 s and at most a minute; 5 s where its rows ended long ago or its start is not known (1.x). `now`:
 * the host's clock. `wished`: `--watch`, which counts for every rule.
 */
export function watchTimeOf(
  status: RuleStatus | undefined,
  now: number | null,
  wished: number | null,
): number {
  if (wished !== null) return wished;
  const pace = status === undefined || now === null ? null : paceOf(status, now);
  return pace === null ? QUIET : Math.min(LONGEST, Math.max(QUIET, INTERVALS * pace));
}

function paceOf({ operators, startTime }: RuleStatus, now: number): number | null {
  const sources = operators.filter(({ name }) => name.startsWith('source_'));
  const rows = sources.reduce((sum, { recordsOut }) => sum + recordsOut, 0);
  const last = Math.max(0, ...sources.map(({ lastRowTime }) => lastRowTime));
  if (rows < LEAST_ROWS || last === 0 || !startTime) return null;
  const pace = Math.max(0, last - startTime) / rows;
  return now - last > Math.max(QUIET, INTERVALS * pace) ? null : pace;
}
