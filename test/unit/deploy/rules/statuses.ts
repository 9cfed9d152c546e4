import type { OperatorMetrics, RuleStatus } from '../../../../src/client/rule-status.ts';

/** An operator's metrics for tests; what is not said is 0. */
export function operator(name: string, some: Partial<OperatorMetrics> = {}): OperatorMetrics {
  return {
    name,
    recordsIn: 0,
    recordsOut: 0,
    exceptions: 0,
    lastException: '',
    lastExceptionTime: 0,
    lastRowTime: 0,
    ...some,
  };
}

/** A running rule with these operators. */
export function ruleStatus(
  operators: readonly OperatorMetrics[],
  some: Partial<RuleStatus> = {},
): RuleStatus {
  return { state: 'running', message: '', operators, ...some };
}

/** A rule from a source over a projection to a sink, after so many rows. */
export function line(
  came: number,
  projected: number,
  out: number,
  thrown = 0,
  words = 'call func pfn error: time out',
): RuleStatus {
  return ruleStatus([
    operator('source_demo_0', { recordsIn: came, recordsOut: came }),
    operator('op_2_project_0', {
      recordsIn: projected,
      recordsOut: out,
      exceptions: thrown,
      lastException: thrown > 0 ? words : '',
      lastExceptionTime: thrown,
    }),
    operator('sink_log_0_0', { recordsIn: out, recordsOut: out }),
  ]);
}
