import { HostFailure } from '../../client/http/host-failure.ts';
import { has } from '../../model/behaviours.ts';
import type { Health } from '../health/health.ts';
import { isSameRegistration } from '../record/record.ts';
import type { ChangeRun } from './change.ts';
import { type Now, persist, whatIsNow } from './now.ts';
import { bringUp, isWell } from './register.ts';
import { type RollbackStep, versionOf } from './rollback-target.ts';
import { outcomeOf, waitUntilSettled } from './settle.ts';
import { verify } from './verify.ts';

/**
 * Restores what a failed change left behind: asks what the host has, registers what ran before, and makes sure that
 * it runs; never over what somebody else installed meanwhile. Never throws HostFailure. Source:
 * docs/ekuiper.md#failed-update.
 */
export async function restore(restoring: Restoring): Promise<Restored> {
  const { client, plan } = restoring;
  const failures: FailedStep[] = [];
  try {
    const now = await settledNow(restoring);
    return (await withoutChange(restoring, now)) ?? (await withChange(restoring, now, failures));
  } catch (thrown) {
    if (!(thrown instanceof HostFailure)) throw thrown;
    const now = await whatIsNow(client, plan.info, plan.name).catch(() => null);
    const all = failures.length > 0 ? failures : [{ step: null, failure: thrown }];
    return { state: 'lost', now, failures: all };
  }
}

/** What the host has once it is no longer at work, on this or on what somebody else asked of it. */
async function settledNow(restoring: Restoring): Promise<Now> {
  const { client, clock, plan, wanted, limit, cause, hasScript, watcher } = restoring;
  const { info, present, name } = plan;
  const settled = (): Promise<unknown> => {
    watcher.waiting(`for ${client.address.label} to say what it has now`, limit);
    const before = present?.registration ?? null;
    const timing = { clock, limit, before, patient: hasScript };
    return persist(() => outcomeOf(client, info, wanted, timing), restoring);
  };
  if (cause === 'unknown' || cause === 'unwanted') await settled();
  const now = await persist(() => whatIsNow(client, info, name), restoring);
  if (!isStarting(now, restoring)) return now;
  await settled();
  return persist(() => whatIsNow(client, info, name), restoring);
}

/** eKuiper lists a plugin while it starts it, and keeps its registration only when that went well (2.x). */
function isStarting({ plugin, registration }: Now, { plan }: Restoring): boolean {
  const wasUnknown = plan.present !== null && plan.present.registration === null;
  return (
    has(plan.info.version, 'exports-registrations') &&
    plugin !== null &&
    registration === null &&
    !wasUnknown
  );
}

/** The ends that need nothing done; null when something has to be. */
async function withoutChange(restoring: Restoring, now: Now): Promise<Restored | null> {
  const { plan, wanted, cause } = restoring;
  const { present } = plan;
  if (now.plugin === null) return null;
  const before = present?.registration ?? null;
  const isOld = has(plan.info.version, 'exports-registrations')
    ? before !== null && isSameRegistration(now.registration, before)
    : present !== null && now.plugin.version === present.plugin.version;
  const isNew = isSameRegistration(now.registration, wanted);
  if (isNew && (cause === 'unknown' || cause === 'refused')) {
    const health = await steady(restoring);
    if (isWell(health)) return { state: 'arrived', health };
  }
  if (isOld && !isNew) {
    const health = await steady(restoring);
    return isWell(health) ? { state: 'untouched', version: now.plugin.version, health } : null;
  }
  return isForeign(now, restoring) ? { state: 'other', now } : null;
}

function steady(restoring: Restoring): Promise<Health> {
  const { client, plan } = restoring;
  return persist(() => waitUntilSettled(client, plan.info, plan.name, restoring), restoring);
}

async function withChange(
  restoring: Restoring,
  now: Now,
  failures: FailedStep[],
): Promise<Restored> {
  const { client, plan } = restoring;
  const { name, present, rollback } = plan;
  if (rollback.steps.length > 0) return takeSteps(restoring, failures);
  if (present !== null) return { state: 'lost', now, failures };
  if (now.plugin === null) return { state: 'removed', undone: false };
  await persist(() => client.remove(name), restoring);
  const left = await persist(() => whatIsNow(client, plan.info, name), restoring);
  return left.plugin === null ? { state: 'removed', undone: true } : { state: 'other', now: left };
}

/**
 * Registers the versions of a rollback in turn until one runs; those that do not are added to `failures`. Throws
 * HostFailure when none does.
 */
async function takeSteps(restoring: Restoring, failures: FailedStep[]): Promise<Restored> {
  let last: HostFailure | null = null;
  for (const step of restoring.plan.rollback.steps) {
    if (last !== null) restoring.watcher.fixing?.(`${last.message}; now ${versionOf(step)}`);
    try {
      const restored = await persist(() => takeStep(restoring, step), restoring);
      return restored.state === 'back' ? { ...restored, failures } : restored;
    } catch (thrown) {
      if (!(thrown instanceof HostFailure)) throw thrown;
      last = thrown;
      failures.push({ step, failure: thrown });
    }
  }
  throw last ?? new Error('a rollback without steps');
}

async function takeStep(restoring: Restoring, step: RollbackStep): Promise<Restored> {
  const now = await whatIsNow(restoring.client, restoring.plan.info, restoring.plan.name);
  try {
    return await bringBack(restoring, step, now);
  } catch (thrown) {
    if (now.plugin !== null || !(thrown instanceof HostFailure) || thrown.kind !== 'refused')
      throw thrown;
    // The change itself came to its end meanwhile: while a host is at work on one it may show no plugin.
    const later = await whatIsNow(restoring.client, restoring.plan.info, restoring.plan.name);
    if (later.plugin === null) throw thrown;
    return await bringBack(restoring, step, later);
  }
}

async function bringBack(restoring: Restoring, step: RollbackStep, now: Now): Promise<Restored> {
  const { client, plan } = restoring;
  if (isForeign(now, restoring)) return { state: 'other', now };
  const { health } = await bringUp({
    ...restoring,
    info: plan.info,
    registration: step.registration,
    before: now.registration,
    isThere: now.plugin !== null,
  });
  await verify(client, plan.info, step.registration, null);
  return { state: 'back', step, health, failures: [] };
}

/** A change that is restored; its client and its clock are those that Ctrl-C does not stop. */
export interface Restoring extends ChangeRun {
  /**
   * `unknown`: an answer was lost, so it may have come about and be fine. `refused`: the host said no; somebody else may
   * have got just this there. `unwanted`: it was interrupted, so the old one is wanted back. `bad`: what was registered
   * does not do.
   */
  readonly cause: 'unknown' | 'refused' | 'unwanted' | 'bad';
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
interface FailedStep {
  readonly step: RollbackStep | null;
  readonly failure: HostFailure;
}

/** What is reported of a failed change. */
export interface Told extends Pick<Restoring, 'client' | 'plan' | 'act' | 'cause'> {
  /** Whether Ctrl-C came as well, before or while it was restored. */
  readonly isInterrupted?: boolean;
}

/** Whether somebody else registered something: neither what was there, nor what was tried, nor a rollback. */
function isForeign({ registration }: Now, { plan, wanted }: Restoring): boolean {
  if (registration === null) return false;
  const before = plan.present?.registration ?? null;
  const ours = [wanted, before, ...plan.rollback.steps.map((step) => step.registration)];
  return !ours.some((one) => isSameRegistration(one, registration));
}
