import type { Registration } from '../../client/answers.ts';
import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import type { HostFailure } from '../../client/host-failure.ts';
import type { Health } from '../health/health.ts';
import { isSameRegistration } from '../record/record.ts';
import type { ChangeAct } from './change.ts';
import type { Now } from './now.ts';
import type { InstallPlan } from './plan.ts';
import type { RollbackStep } from './rollback-target.ts';
import type { InstallWatcher } from './watcher.ts';

/** What is restored, and with what. */
export interface Restoring {
  /** On a signal of its own: Ctrl-C does not stop it. */
  readonly client: HostClient;
  readonly clock: Clock;
  readonly watcher: InstallWatcher;
  readonly plan: InstallPlan;
  /** What the operator calls the change. */
  readonly act: ChangeAct;
  /** What was being registered. */
  readonly wanted: Registration;
  /**
   * `unknown`: an answer was lost, so it may have come about and be fine. `refused`: the host said no; somebody else may
   * have got just this there. `unwanted`: it was interrupted, so the old one is wanted back. `bad`: what was registered
   * does not do.
   */
  readonly cause: 'unknown' | 'refused' | 'unwanted' | 'bad';
  readonly hasScript: boolean;
  /** Milliseconds for one answer, and for waiting until the host can be asked. */
  readonly limit: number;
}

/**
 * What the host has after a failed change. `arrived`: the new one runs after all. `untouched`: what ran before never
 * stopped. `back`: a version runs again; `failures` of those that were tried before it. `removed`: there was nothing
 * before and there is nothing now; `undone`: because it was taken away again. `other`: somebody else installed
 * something. `lost`: none of it worked; `now` is null when the host does not answer.
 */
export type Restored =
  | { readonly state: 'arrived'; readonly health: Health }
  | { readonly state: 'untouched'; readonly version: string; readonly health: Health }
  | {
      readonly state: 'back';
      readonly step: RollbackStep;
      readonly health: Health;
      readonly failures: readonly FailedStep[];
    }
  | { readonly state: 'removed'; readonly undone: boolean }
  | { readonly state: 'other'; readonly now: Now }
  | {
      readonly state: 'lost';
      readonly now: Now | null;
      readonly failures: readonly FailedStep[];
    };

/** A version that did not come back; without one, what kept from going back at all. */
export interface FailedStep {
  readonly step: RollbackStep | null;
  readonly failure: HostFailure;
}

/** What is reported of a failed change. */
export interface Told extends Pick<Restoring, 'client' | 'plan' | 'act' | 'cause'> {
  /** Whether Ctrl-C came as well, before or while it was restored. */
  readonly isInterrupted?: boolean;
}

/** Whether somebody else registered something: neither what was there, nor what was tried, nor a rollback. */
export function isForeign({ registration }: Now, { plan, wanted }: Restoring): boolean {
  if (registration === null) return false;
  const before = plan.present?.registration ?? null;
  const ours = [wanted, before, ...plan.rollback.steps.map((step) => step.registration)];
  return !ours.some((one) => isSameRegistration(one, registration));
}
