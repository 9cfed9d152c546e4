import { type Fields, fieldsOf, itemsOf, optionalNumber, optionalText, textOf } from './decode.ts';
import { wordsOf } from './http/foreign-text.ts';

/** One item of `GET /rules`. */
export interface RuleState {
  readonly id: string;
  /** eKuiper's text: `running` on 2.x; before, `Running`, `Stopped: canceled manually.` */
  readonly state: string;
}

/** One operator of a rule, from the metrics of `GET /rules/{id}/status`. */
export interface OperatorMetrics {
  /** `source_demo_0`, `op_2_project_0`, `sink_log_0_0`. */
  readonly name: string;
  readonly recordsIn: number;
  readonly recordsOut: number;
  readonly exceptions: number;
  /** The message of the newest exception; empty without one. */
  readonly lastException: string;
  /** Time of the newest exception by the host's clock: milliseconds since 1970; 0 without one. */
  readonly lastExceptionTime: number;
  /** Time of the last row, in the same unit. */
  readonly lastRowTime: number;
}

/** `GET /rules/{id}/status`. */
export interface RuleStatus {
  /** `running`, `stopped`, `stopped_by_error` … */
  readonly state: string;
  /** Why it is stopped; empty while it runs. */
  readonly message: string;
  /**
   * Time of the last start by the host's clock: milliseconds since 1970; null where the host does not report it (1.x).
   */
  readonly startTime?: number | null;
  /** In eKuiper's order: sources, operators, sinks. Empty while the rule is stopped. */
  readonly operators: readonly OperatorMetrics[];
}

/** Whether a rule's state, in either spelling, means that it runs. */
export function isRunning(state: string): boolean {
  return /^running\b/i.test(state);
}

/** Parses `GET /rules`, sorted by id. */
export function parseRuleStates(value: unknown): readonly RuleState[] {
  return itemsOf(value, 'the answer')
    .map((item) => {
      const fields = fieldsOf(item, 'a rule');
      const state = optionalText(fields, 'status') ?? '';
      return { id: textOf(fields, 'id', 'a rule'), state };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Parses `GET /rules/{id}/status`, whose metrics are flat: `<operator>_records_in_total` and so on. */
export function parseRuleStatus(value: unknown): RuleStatus {
  const fields = fieldsOf(value, 'the status of a rule');
  const operators = [...fields.keys()].flatMap((key) => {
    const name = /^(.+)_records_in_total$/.exec(key)?.[1];
    return name === undefined ? [] : [metricsOf(fields, name)];
  });
  return {
    state: optionalText(fields, 'status') ?? '',
    message: wordsOf(optionalText(fields, 'message') ?? '').trim(),
    startTime: optionalNumber(fields, 'lastStartTimestamp') || null,
    operators,
  };
}

function metricsOf(fields: Fields, operator: string): OperatorMetrics {
  const number = (what: string): number => optionalNumber(fields, `${operator}_${what}`) ?? 0;
  return {
    name: operator,
    recordsIn: number('records_in_total'),
    recordsOut: number('records_out_total'),
    exceptions: number('exceptions_total'),
    lastException: wordsOf(optionalText(fields, `${operator}_last_exception`) ?? '').trim(),
    lastExceptionTime: number('last_exception_time'),
    lastRowTime: number('last_invocation'),
  };
}
