import type { OperatorMetrics, RuleStatus } from '../../client/rule-status.ts';

/** What went on in a rule between two looks at its metrics. */
export interface Flow {
  /** Rows that its sources brought. */
  readonly cameIn: number;
  /** Rows that reached a sink; errors are among them where the rule sends those (`sendError`, always on 1.x). */
  readonly wentOut: number;
  readonly exceptions: number;
  /** The newest exception's words; empty without one. */
  readonly words: string;
  /** The operator in front of which rows wait, and how many do; null where none can be seen. */
  readonly held: { readonly operator: string; readonly rows: number } | null;
}

/** Compares two looks; counters that have become smaller began again with the rule. */
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

/** Fewer are on their way at any moment. */
const MANY = 3;

/**
 * A call of a function that does not come back keeps its operator busy for seconds, without an exception at first, and
 * rows pile up in front of it. Only to be told where eKuiper numbers the operators in one line behind one source.
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
