import type { Recorded, RecordedStep, Step } from './cases.ts';

/** Why a step is not replayed yet. */
export type Reason = 'rules and streams' | 'metadata' | 'depends on a rule';

const RULE_PATHS = /^\/(rules|streams|tables)(\/|$)/;
const METADATA_PATHS = /^\/metadata(\/|$)/;

/** Null for a step that can be replayed. `before` are the steps of the case that come first. */
export function leftFor(
  { step, recorded }: RecordedStep,
  before: readonly RecordedStep[],
): Reason | null {
  const path = pathOf(step);
  if (RULE_PATHS.test(path)) return 'rules and streams';
  if (METADATA_PATHS.test(path)) return 'metadata';
  const hadRule = before.some(
    (one) => one.step.req?.[0] === 'POST' && RULE_PATHS.test(pathOf(one.step)),
  );
  return hadRule && showsRules(step, recorded) ? 'depends on a rule' : null;
}

function pathOf(step: Step): string {
  return step.req?.[1] ?? '';
}

/** What a plugin was sent, what uses it, what is exported: all of it follows from the rules. */
function showsRules(step: Step, recorded: Recorded | null): boolean {
  if (step.log || pathOf(step) === '/data/export') return true;
  return pathOf(step).endsWith('/status') && !(recorded?.body ?? '').includes('"refCount":{}');
}
