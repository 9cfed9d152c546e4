import type { Registration } from '../client/answers.ts';
import type { HostClient } from '../client/host-client.ts';
import type { HostFailure } from '../client/host-failure.ts';
import type { Clock } from '../clock.ts';
import type { InstallPlan } from '../install/plan.ts';
import type { InstallWatcher } from '../install/watcher.ts';
import type { WayBackStep } from '../install/way-back.ts';
import type { Health } from '../plugins/health.ts';
import { isSameRegistration } from '../record/record.ts';
import type { Now } from './now.ts';

/** What is put right, and with what. */
export interface Restoring {
  /** On a signal of its own: Ctrl-C does not stop it. */
  readonly client: HostClient;
  readonly clock: Clock;
  readonly watcher: InstallWatcher;
  readonly plan: InstallPlan;
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
 * stopped. `back`: a version runs again. `removed`: there was nothing before and there is nothing now.
 * `other`: somebody else installed something. `lost`: none of it worked; `now` is null when the host does not answer.
 */
export type Restored =
  | { readonly state: 'arrived'; readonly health: Health }
  | { readonly state: 'untouched'; readonly version: string }
  | { readonly state: 'back'; readonly step: WayBackStep; readonly health: Health }
  | { readonly state: 'removed' }
  | { readonly state: 'other'; readonly now: Now }
  | { readonly state: 'lost'; readonly now: Now | null; readonly failure: HostFailure | null };

/** Whether somebody else registered something: neither what was there, nor what was tried, nor a way back. */
export function isForeign({ registration }: Now, { plan, wanted }: Restoring): boolean {
  if (registration === null) return false;
  const before = plan.present?.registration ?? null;
  const ours = [wanted, before, ...plan.wayBack.steps.map((step) => step.registration)];
  return !ours.some((one) => isSameRegistration(one, registration));
}
