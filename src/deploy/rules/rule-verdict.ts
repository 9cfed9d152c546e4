import type { HostClient } from '../../client/host-client.ts';
import { isRunning, type OperatorMetrics, type RuleStatus } from '../../client/rule-status.ts';
import { durationText } from '../../model/duration.ts';
import { QUIET } from './pace.ts';

/** The number of concurrent status requests. */
const AT_ONCE = 8;

/** Rows that wait in front of an operator when it is held up; fewer are in transit at any moment. */
const LEAST_HELD = 3;

/**
 * The state of a rule after a change of its plugin. `answers`: rows passed through. `fails`: it threw, it stopped, or
 * rows wait in it. `quiet`: no row came through, so the state is not known.
 */
export interface RuleVerdict {
  readonly rule: string;
  readonly state: 'answers' | 'fails' | 'quiet';
  /** The text of the newest exception, or a description; empty when it answers. */
  readonly words: string;
  /** Whether it threw before the change as well: then the change is not the cause. */
  readonly failedBefore: boolean;
  /** Whether it received rows right before the change, so often that none afterwards is evidence. */
  readonly rowsBefore: boolean;
  /** Whether its sources sent rows after the change, whatever happened to them. */
  readonly cameIn: boolean;
  /** Every row after the change was thrown by one of its operators. */
  readonly onlyThrows?: true;
  /** It uses only sinks of the plugin: their rows are counted even when nobody receives them (1.14, 2.4). */
  readonly sinksOnly?: true;
  /** It uses sinks of the plugin and other symbols: only those of the other symbols are proven. */
  readonly sinksUnseen?: true;
}

/** One rule after the change; collects its statuses. */
export class Watched {
  readonly rule: string;
  private readonly first: RuleStatus | null;
  private now: RuleStatus | null;
  /** The status when the last exception was counted. */
  private troubled: RuleStatus | null;
  private readonly rowsBefore: boolean;
  /** Milliseconds: the wait for its first row, unless it received rows right before. */
  readonly watchTime: number;

  constructor(
    rule: string,
    first: RuleStatus | null,
    { rowsBefore, watchTime }: { readonly rowsBefore: boolean; readonly watchTime: number },
  ) {
    this.rule = rule;
    this.rowsBefore = rowsBefore;
    this.watchTime = watchTime;
    this.first = first;
    this.now = first;
    this.troubled = null;
  }

  /** Adds the newest status; null when the rule no longer exists. */
  see(status: RuleStatus | null): void {
    const thrown = this.now && status ? flowBetween(this.now, status).exceptions : 0;
    if (thrown > 0) this.troubled = status;
    this.now = status;
  }

  /** Whether further reads would add nothing; `passed`: milliseconds since the first one. */
  isDecided(passed: number): boolean {
    if (this.now === null || !isRunning(this.now.state)) return true;
    if (this.answers()) return true;
    const { cameIn, exceptions } = this.flow();
    return passed >= this.watchTime && cameIn === 0 && exceptions === 0 && !this.rowsBefore;
  }

  /** Returns the verdict; `before`: the status before the change. */
  verdict(before: RuleStatus | undefined): RuleVerdict {
    const failedBefore = before?.operators.some(({ exceptions }) => exceptions > 0) ?? false;
    const { rule, rowsBefore } = this;
    const { cameIn, onlyThrows } = this.flow();
    const seen = this.seen();
    const thrown = seen.state === 'fails' && onlyThrows ? { onlyThrows } : {};
    return { rule, ...seen, failedBefore, rowsBefore, cameIn: cameIn > 0, ...thrown };
  }

  private seen(): Pick<RuleVerdict, 'state' | 'words'> {
    const { now } = this;
    if (now === null) return { state: 'fails', words: 'the rule is gone' };
    if (!isRunning(now.state)) return { state: 'fails', words: now.message || now.state };
    if (this.answers()) return { state: 'answers', words: '' };
    const { exceptions, words, held } = this.flow();
    if (exceptions > 0) return { state: 'fails', words };
    if (held === null) return { state: 'quiet', words: `no row came through${this.waited()}` };
    return { state: 'fails', words: `${held.rows} rows wait in front of ${held.operator}` };
  }

  /** An error may reach the sink as a row, shortly after it was counted: then two rows are needed. */
  private answers(): boolean {
    const { first, now, troubled } = this;
    if (first === null || now === null) return false;
    return troubled === null
      ? flowBetween(first, now).wentOut > 0
      : flowBetween(troubled, now).wentOut > 1;
  }

  /** How long a slow rule was watched; the others as long as always. */
  private waited(): string {
    if (this.watchTime === QUIET || this.rowsBefore) return '';
    return ` in ${durationText(Math.round(this.watchTime / 1000) * 1000)}`;
  }

  private flow(): Flow {
    const { first, now } = this;
    return first && now ? flowBetween(first, now) : NOTHING;
  }
}

/** The rows and errors of a rule between two reads of its metrics. */
interface Flow {
  /** Rows that its sources sent. */
  readonly cameIn: number;
  /** Rows that reached a sink; includes errors when the rule sends them (`sendError`, always on 1.x). */
  readonly wentOut: number;
  readonly exceptions: number;
  /** Whether the first operator that threw let no row through, see docs/ekuiper.md#counters-of-rules. */
  readonly onlyThrows: boolean;
  /** The text of the newest exception; empty when there is none. */
  readonly words: string;
  /** The operator in whose queue rows wait, and how many; null when none is seen. */
  readonly held: { readonly operator: string; readonly rows: number } | null;
}

const NOTHING: Flow = {
  cameIn: 0,
  wentOut: 0,
  exceptions: 0,
  onlyThrows: false,
  words: '',
  held: null,
};

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
    onlyThrows: throwsAll(grown.find(({ exceptions }) => exceptions > 0)),
    words: newest?.lastException ?? '',
    held: heldRows(grown),
  };
}

/** The fewest rows whose errors say that it throws always. */
const LEAST_THROWN = 2;

/**
 * Whether an operator threw for all rows. The sink's counter does not tell, because errors may reach it as rows; the
 * operators behind the first one that throws count its errors again. One row is still in work.
 */
function throwsAll(first: Growth | undefined): boolean {
  if (first === undefined || first.recordsOut > 0) return false;
  return first.exceptions >= Math.max(LEAST_THROWN, first.recordsIn - 1);
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
    if (before !== undefined && rows >= LEAST_HELD) return { operator: operator.name, rows };
    if (before !== undefined) before = operator;
  }
  return null;
}

/**
 * Whether eKuiper reports a function that does not answer: the texts of 1.14 to 2.4. What the plugin's own code threw
 * has other words (docs/ekuiper.md#functions-after-an-update).
 */
export function isUnanswered({ state, words }: Pick<RuleVerdict, 'state' | 'words'>): boolean {
  return (
    state === 'fails' &&
    /func(?:tion)? .{0,200}(?:error|socket): (?:receive |function \S{1,100} )?time out|rows wait in front of/.test(
      words,
    )
  );
}

/** Whether the plugin's code threw for every row since a change, so the plugin runs, and does not work. */
export function isThrown(verdict: RuleVerdict): boolean {
  return verdict.onlyThrows === true && !isUnanswered(verdict);
}

/** Reads the statuses of rules, eight at a time; rules that no longer exist are left out. Throws HostFailure. */
export async function ruleStatuses(
  client: Pick<HostClient, 'ruleStatus'>,
  rules: readonly string[],
): Promise<Map<string, RuleStatus>> {
  const found = new Map<string, RuleStatus>();
  for (let first = 0; first < rules.length; first += AT_ONCE) {
    const some = rules.slice(first, first + AT_ONCE);
    const read = await Promise.all(some.map((rule) => client.ruleStatus(rule)));
    some.forEach((rule, at) => {
      const status = read[at];
      if (status) found.set(rule, status);
    });
  }
  return found;
}
