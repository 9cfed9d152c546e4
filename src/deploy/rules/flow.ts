import type { OperatorMetrics, RuleStatus } from '../../client/rule-status.ts';

/** The rows and errors of a rule between two reads of its metrics. */
export interface Flow {
  /** Rows that its sources sent. */
  readonly cameIn: number;
  /** Rows that reached a sink; includes errors when the rule sends them (`sendError`, always on 1.x). */
  readonly wentOut: number;
  readonly exceptions: number;
  /** The text of the newest exception; empty when there is none. */
  readonly words: string;
  /** The operator in whose queue rows wait, and how many; null when none is seen. */
  readonly held: { readonly operator: string; readonly rows: number } | null;
}

/** Compares two reads. Counters that became smaller were reset by a restart of the rule. */
export function flowBetween(before: RuleStatus, after: RuleStatus): Flow {
  const old = new Map(before.operators.map((operator) => [operator.name, operator]));
  const grown = after.operators.map((now) => grownBy(old.get(now.name), now));
  const newest = after.operators
    .filter((_now, at) => (grown[at]?.exceptions ?? 0) > 0)
    .reduce<OperatorMetrics | null>((best, one) => {
      return best === null || one.lastExceptionTime > best.lastExceptionTime ? one : best;
    }, null);
  const total = (kind: string, what: 'recordsIn' | 'recordsOut' | 'exceptions'): number =>
    grown.filter(({ name }) => name.startsWith(kind)).reduce((sum, one) => sum + one[what], 0);
  return {
    cameIn: total('source_', 'recordsOut'),
    wentOut: total('sink_', 'recordsIn'),
    exceptions: total('', 'exceptions'),
    words: newest?.lastException ?? '',
    held: heldRows(grown),
  };
}

type Growth = Pick<OperatorMetrics, 'name' | 'recordsIn' | 'recordsOut' | 'exceptions'>;

function grownBy(before: OperatorMetrics | undefined, now: OperatorMetrics): Growth {
  const began = before === undefined || now.recordsIn < before.recordsIn;
  const by = (what: 'recordsIn' | 'recordsOut' | 'exceptions'): number =>
    Math.max(0, now[what] - (began ? 0 : before[what]));
  return {
    name: now.name,
    recordsIn: by('recordsIn'),
    recordsOut: by('recordsOut'),
    exceptions: by('exceptions'),
  };
}

/** The minimum: fewer rows are in transit at any moment. */
const MANY = 3;

/**
 * A function call that does not return keeps its operator busy for seconds, at first without an exception, while rows
 * fill its queue. This can be seen only when eKuiper numbers the operators in one line after one source.
 */
function heldRows(grown: readonly Growth[]): Flow['held'] {
  const sources = grown.filter(({ name }) => name.startsWith('source_'));
  const line = grown
    .flatMap((one) => {
      const number = /^op_(\d+)_[a-z]+_\d+$/.exec(one.name)?.[1];
      return number === undefined ? [] : [{ ...one, number: Number(number) }];
    })
    .sort((a, b) => a.number - b.number);
  let before = sources.length === 1 ? sources[0] : undefined;
  for (const operator of line) {
    const rows = (before?.recordsOut ?? 0) - operator.recordsIn;
    if (before !== undefined && rows >= MANY) return { operator: operator.name, rows };
    if (before !== undefined) before = operator;
  }
  return null;
}
