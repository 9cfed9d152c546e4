import type { RecordedStep, Step } from './cases.ts';

/** Why a step is not compared. The first are carried out all the same: what follows depends on them. */
export type Reason = 'words of the rule engine' | 'metadata' | 'export with rules';

const RULE_PATHS = /^\/(rules|streams)(\/|$)/;
const METADATA_PATHS = /^\/metadata(\/|$)/;
/** Their answers are the host's: it lets the functions be validated and the symbols start, or refuses. */
const RULE_STARTS = /^\/rules(\/\w+\/(start|restart))?$/;

/** Null for a step that is replayed and compared. `before` are the steps of the case that come first. */
export function leftFor({ step }: RecordedStep, before: readonly RecordedStep[]): Reason | null {
  const path = pathOf(step);
  if (isAboutRules(step)) {
    return step.req?.[0] === 'POST' && RULE_STARTS.test(path) ? null : 'words of the rule engine';
  }
  if (METADATA_PATHS.test(path)) return 'metadata';
  return path === '/data/export' && hasRules(before) ? 'export with rules' : null;
}

export function isAboutRules(step: Step): boolean {
  return RULE_PATHS.test(pathOf(step));
}

/** Whether a rule was made by one of the steps. */
export function hasRules(steps: readonly RecordedStep[]): boolean {
  return steps.some(({ step }) => step.req?.[0] === 'POST' && isAboutRules(step));
}

function pathOf(step: Step): string {
  return step.req?.[1] ?? '';
}
