import { plainLine, plainText } from '../text.ts';
import { fieldsOf, itemsOf, optionalNumber, optionalText, textOf } from './decode.ts';

/** One line of `GET /rules`. */
export interface RuleState {
  readonly id: string;
  /** eKuiper's words: `Running`, `Stopped: canceled manually`. */
  readonly state: string;
}

/** One operator of a rule, from the metrics of `GET /rules/{id}/status`. */
export interface OperatorMetrics {
  /** `op_2_project_0`, `source_demo_0`, `sink_log_0_0`. */
  readonly name: string;
  readonly recordsIn: number;
  readonly recordsOut: number;
  readonly exceptions: number;
  /** The newest exception's words; empty without one. */
  readonly lastException: string;
}

/** `GET /rules/{id}/status`. */
export interface RuleStatus {
  /** `running`, `stopped…`. */
  readonly state: string;
  readonly operators: readonly OperatorMetrics[];
}

/** Reads `GET /rules`, sorted by id. */
export function parseRuleStates(value: unknown): readonly RuleState[] {
  return itemsOf(value, 'the answer')
    .map((item) => {
      const fields = fieldsOf(item, 'a rule');
      const state = plainLine(optionalText(fields, 'status') ?? '');
      return { id: plainLine(textOf(fields, 'id', 'a rule')), state };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Reads `GET /rules/{id}/status`, whose metrics are flat: `<operator>_records_in_total` and so on. */
export function parseRuleStatus(value: unknown): RuleStatus {
  const fields = fieldsOf(value, 'the status of a rule');
  const operators = [...fields.keys()].flatMap((key) => {
    const name = /^(.+)_records_in_total$/.exec(key)?.[1];
    if (name === undefined) return [];
    const number = (what: string): number => optionalNumber(fields, `${name}_${what}`) ?? 0;
    return [
      {
        name: plainLine(name),
        recordsIn: number('records_in_total'),
        recordsOut: number('records_out_total'),
        exceptions: number('exceptions_total'),
        lastException: plainText(optionalText(fields, `${name}_last_exception`) ?? '').trim(),
      },
    ];
  });
  return { state: plainLine(optionalText(fields, 'status') ?? ''), operators };
}
