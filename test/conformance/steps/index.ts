import { BACK_STEPS } from './back.ts';
import { FAILURE_STEPS } from './failures.ts';
import { FIRST_STEPS } from './first.ts';
import { INTERRUPTED_STEPS } from './interrupted.ts';
import { OTHER_STEPS } from './others.ts';
import { REMOVAL_STEPS } from './removal.ts';
import { RUNNING_STEPS } from './running.ts';
import type { Step } from './step.ts';

/** In this order: the host goes from having nothing to having nothing. */
export const STEPS: readonly Step[] = [
  ...FIRST_STEPS,
  ...RUNNING_STEPS,
  ...FAILURE_STEPS,
  ...INTERRUPTED_STEPS,
  ...BACK_STEPS,
  ...OTHER_STEPS,
  ...REMOVAL_STEPS,
];
