import { HostFailure } from '../../client/http/host-failure.ts';
import { has } from '../../model/behaviours.ts';
import type { Health } from '../health.ts';
import { isSameRegistration } from '../record/host-record.ts';
import type { ChangeRun } from './change.ts';
import { isWell, registerAndWait, verify } from './register.ts';
import { type RollbackStep, versionOf } from './rollback-target.ts';
import {
  type CurrentState,
  outcomeOf,
  readCurrentState,
  retryUntilAnswered,
  waitUntilSettled,
} from './settle.ts';

/**
 * Restores the host after a failed change: reads what it has, registers the previous release, and waits until that
 * runs. Never replaces what another client installed meanwhile. Never throws HostFailure. Source:
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
    const now = await readCurrentState(client, plan.info, plan.name).catch(() => null);
    const all = failures.length > 0 ? failures : [{ step: null, failure: thrown }];
    return { state: 'lost', now, failures: all };
  }
}

/** Reads what the host has after it has finished all pending requests, its own and those of other clients. */
async function settledNow(restoring: Restoring): Promise<CurrentState> {
  const { client, clock, plan, wanted, limit, cause, hasScript, watcher } = restoring;
  const { info, present, name } = plan;
  const settled = (): Promise<unknown> => {
    watcher.waiting(`for ${client.address.label} to say what it has now`, limit);
    const before = present?.registration ?? null;
    const timing = { clock, limit, before, patient: hasScript };
    return retryUntilAnswered(() => outcomeOf(client, info, wanted, timing), restoring);
  };
  if (cause === 'unknown' || cause === 'unwanted') await settled();
  const now = await retryUntilAnswered(() => readCurrentState(client, info, name), restoring);
  if (!isStarting(now, restoring)) return now;
  await settled();
  return retryUntilAnswered(() => readCurrentState(client, info, name), restoring);
}

/** eKuiper lists a plugin while it starts, and keeps its registration only when the start succeeded (2.x). */
function isStarting({ plugin, registration }: CurrentState, { plan }: Restoring): boolean {
  const wasUnknown = plan.present !== null && plan.present.registration === null;
  return (
    has(plan.info.version, 'exports-registrations') &&
    plugin !== null &&
    registration === null &&
    !wasUnknown
  );
}

/** Returns the outcomes that need no request; null when the previous release has to be registered. */
async function withoutChange(restoring: Restoring, now: CurrentState): Promise<Restored | null> {
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
  return retryUntilAnswered(
    () => waitUntilSettled(client, plan.info, plan.name, restoring),
    restoring,
  );
}

async function withChange(
  restoring: Restoring,
  now: CurrentState,
  failures: FailedStep[],
): Promise<Restored> {
  const { client, plan } = restoring;
  const { name, present, rollback } = plan;
  if (rollback.steps.length > 0) return takeSteps(restoring, failures);
  if (present !== null) return { state: 'lost', now, failures };
  if (now.plugin === null) return { state: 'removed', undone: false };
  await retryUntilAnswered(() => client.remove(name), restoring);
  const left = await retryUntilAnswered(() => readCurrentState(client, plan.info, name), restoring);
  return left.plugin === null ? { state: 'removed', undone: true } : { state: 'other', now: left };
}

/**
 * Registers the rollback versions in turn until one runs; failed ones are added to `failures`. Throws HostFailure when
 * none runs.
 */
async function takeSteps(restoring: Restoring, failures: FailedStep[]): Promise<Restored> {
  let last: HostFailure | null = null;
  for (const step of restoring.plan.rollback.steps) {
    if (last !== null) restoring.watcher.fixing?.(`${last.message}; now ${versionOf(step)}`);
    try {
      const restored = await retryUntilAnswered(() => takeStep(restoring, step), restoring);
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
  const now = await readCurrentState(restoring.client, restoring.plan.info, restoring.plan.name);
  try {
    return await bringBack(restoring, step, now);
  } catch (thrown) {
    if (now.plugin !== null || !(thrown instanceof HostFailure) || thrown.kind !== 'refused')
      throw thrown;
    // The change itself has finished meanwhile: while a host processes one, it may list no plugin.
    const later = await readCurrentState(
      restoring.client,
      restoring.plan.info,
      restoring.plan.name,
    );
    if (later.plugin === null) throw thrown;
    return await bringBack(restoring, step, later);
  }
}

async function bringBack(
  restoring: Restoring,
  step: RollbackStep,
  now: CurrentState,
): Promise<Restored> {
  const { client, plan } = restoring;
  if (isForeign(now, restoring)) return { state: 'other', now };
  const { health } = await registerAndWait({
    ...restoring,
    info: plan.info,
    registration: step.registration,
    before: now.registration,
    isThere: now.plugin !== null,
  });
  await verify(client, plan.info, step.registration, null);
  return { state: 'back', step, health, failures: [] };
}

/** A change to be restored. Its client and its clock are those that Ctrl-C does not abort. */
export interface Restoring extends ChangeRun {
  /**
   * `unknown`: the connection was lost, so the change may have succeeded. `refused`: eKuiper refused it; another
   * client may have installed the same package. `unwanted`: the user interrupted it, so the previous release is
   * wanted. `bad`: what was registered does not work.
   */
  readonly cause: 'unknown' | 'refused' | 'unwanted' | 'bad';
}

/**
 * What the host has after a failed change. `arrived`: the new version runs after all. `untouched`: the previous
 * version never stopped. `back`: a version runs again; `failures` are those tried before it. `removed`: no plugin
 * existed before and none exists now; `undone`: because it was removed again. `other`: another client installed
 * something. `lost`: no rollback worked; `now` is null when the host does not answer.
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
  | { readonly state: 'other'; readonly now: CurrentState }
  | {
      readonly state: 'lost';
      readonly now: CurrentState | null;
      readonly failures: readonly FailedStep[];
    };

/** A version that could not be restored; without a version, the reason why no restore was possible. */
interface FailedStep {
  readonly step: RollbackStep | null;
  readonly failure: HostFailure;
}

/** The facts that the error of a failed change reports. */
export interface FailedChangeFacts extends Pick<Restoring, 'client' | 'plan' | 'act' | 'cause'> {
  /** Whether Ctrl-C was pressed, before or during the restore. */
  readonly isInterrupted?: boolean;
}

/**
 * Whether another client has registered something: neither the previous registration, nor the wanted one, nor a
 * rollback version.
 */
function isForeign({ registration }: CurrentState, { plan, wanted }: Restoring): boolean {
  if (registration === null) return false;
  const before = plan.present?.registration ?? null;
  const ours = [wanted, before, ...plan.rollback.steps.map((step) => step.registration)];
  return !ours.some((one) => isSameRegistration(one, registration));
}
