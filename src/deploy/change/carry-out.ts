import type { Registration } from '../../client/answers.ts';
import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import { isInterrupted } from '../../model/abort.ts';
import type { KpluginError } from '../../model/error.ts';
import { healthOf } from '../health/health.ts';
import { isSameRegistration } from '../record/record.ts';
import { afterNothing } from './after.ts';
import {
  type Applied,
  type BroughtUp,
  type Change,
  type ChangeEffects,
  type ChangeRun,
  NOTHING_AFTER,
} from './change.ts';
import { notRunning } from './failed.ts';
import { failedChange } from './failed-change.ts';
import { whatIsNow } from './now.ts';
import type { InstallPlan } from './plan.ts';
import { isWell } from './register.ts';
import { type Restored, type Restoring, restore } from './restore.ts';
import { versionOf } from './rollback-target.ts';
import { rulesAfter } from './rules-after.ts';
import { waitUntilSettled } from './settle.ts';
import { reregistered, restartedAgain } from './silence.ts';
import { begin, commit, end, prove, register, upload } from './steps.ts';
import { verifyWanted } from './verify.ts';

/** How far a change has come on its host. */
export type ChangeState =
  | 'planned'
  | 'uploaded'
  | 'recorded'
  | 'registered'
  | 'verified'
  | 'proven'
  | 'committed';

/** A step of a change: from which state to which, and what follows where it fails or is interrupted. */
export interface Transition {
  readonly from: ChangeState;
  readonly to: ChangeState;
  /** Resolves to what has come of it. */
  readonly step: (run: ChangeRun) => Promise<Partial<ChangeRun>>;
  /** `leave`: nothing is registered yet, the host is as it was. `restore`: what ran before is brought back. */
  readonly onFailure: 'leave' | 'restore';
}

/**
 * The way of every change (docs/change.md). One that fails ends, with one exception: where an answer was lost and asking
 * shows that what was meant runs, it goes on as `verified`.
 */
export const WAY: readonly Transition[] = [
  { from: 'planned', to: 'uploaded', step: upload, onFailure: 'leave' },
  { from: 'uploaded', to: 'recorded', step: begin, onFailure: 'leave' },
  { from: 'recorded', to: 'registered', step: register, onFailure: 'restore' },
  { from: 'registered', to: 'verified', step: verifyWanted, onFailure: 'restore' },
  { from: 'verified', to: 'proven', step: prove, onFailure: 'restore' },
  { from: 'proven', to: 'committed', step: commit, onFailure: 'restore' },
];

/**
 * Carries out a change: upload, register, wait, verify. After any failure, also an interrupt, what ran before runs again
 * or it is said that it does not: throws HostFailure, or exit 130, that tells what failed and what the host has now.
 */
export async function carryOut(
  client: HostClient,
  change: Change,
  effects: ChangeEffects,
): Promise<Applied> {
  let run = begun(client, change, effects);
  if (change.plan.action === 'unchanged') return unchanged(run);
  let state: ChangeState = 'planned';
  for (;;) {
    const transition = WAY.find(({ from }) => from === state);
    if (transition === undefined) return { ...run.up, ...result(run) };
    try {
      run = { ...run, ...(await transition.step(run)) };
      state = transition.to;
    } catch (thrown) {
      if (transition.onFailure === 'leave') throw await leave(thrown, run);
      run = await recover(thrown, run);
      state = 'verified';
    }
  }
}

function begun(client: HostClient, change: Change, effects: ChangeEffects): ChangeRun {
  const { name, shellParas, uploaded, present, info } = change.plan;
  const health = present?.health ?? healthOf(null, info);
  return {
    ...change,
    ...effects,
    client,
    wanted: { name, file: uploaded ?? '', shellParas },
    up: { health, answerLost: false, attempts: 0 },
    after: NOTHING_AFTER,
    pruned: [],
    hasArrived: false,
  };
}

function result({ wanted, after, pruned }: ChangeRun): Omit<Applied, keyof BroughtUp> {
  return { registration: wanted, after, pruned };
}

/** The plan has looked already; only a plugin that was starting then is waited for. */
async function unchanged(run: ChangeRun): Promise<Applied> {
  const { client, plan } = run;
  const { present, info, name } = plan;
  const seen = present?.health;
  const health = seen && isWell(seen) ? seen : await waitUntilSettled(client, info, name, run);
  if (!isWell(health)) throw notRunning(client, name, health);
  const registration = present?.registration ?? null;
  // An earlier run got it there and was interrupted before it could say so.
  if (plan.record?.pending && registration !== null) {
    await end({ ...run, wanted: registration }, 'running');
  }
  const after = await afterNothing(run);
  return { ...run.up, health, registration: null, pruned: [], after };
}

/**
 * The failure of a change of which nothing was registered yet: what the plan saw is what the host has, unless somebody
 * else was found to have been there. Exit codes as {@link failedChange}.
 */
export async function leave(
  thrown: unknown,
  { plan, act, recovery, signal }: Pick<ChangeRun, 'plan' | 'act' | 'recovery' | 'signal'>,
): Promise<KpluginError> {
  const isOther = thrown instanceof HostFailure && thrown.code === 'conflicting';
  const left = isOther ? await othersOf(plan, recovery) : asPlanned(plan);
  const cause = isInterrupted(thrown, signal) ? 'unwanted' : 'refused';
  return failedChange(thrown, left, { client: recovery, plan, act, cause });
}

function asPlanned({ present }: InstallPlan): Restored {
  return present === null
    ? { state: 'removed', undone: false }
    : { state: 'untouched', version: present.plugin.version, health: present.health };
}

async function othersOf(
  { info, name }: InstallPlan,
  client: ChangeRun['recovery'],
): Promise<Restored> {
  try {
    return { state: 'other', now: await whatIsNow(client, info, name) };
  } catch (thrown) {
    if (!(thrown instanceof HostFailure)) throw thrown;
    return { state: 'lost', now: null, failures: [] };
  }
}

/**
 * Brings back what ran before, writes down how it ended, and throws the failure of the change. Resolves, to a run that
 * goes on, where what was meant is found to run after all.
 */
async function recover(thrown: unknown, run: ChangeRun): Promise<ChangeRun> {
  const cause = isInterrupted(thrown, run.signal) ? 'unwanted' : causeOf(thrown);
  // Not again and again: what is silent is bad, and what is bad never counts as arrived.
  if (run.hasArrived && cause !== 'bad') throw thrown;
  const restoring = { ...run, client: run.recovery, clock: run.recoveryClock, cause };
  const restored = await talkedRestore(restoring);
  if (restored.state === 'arrived') {
    const up = { health: restored.health, answerLost: true, attempts: 1 };
    return { ...run, client: run.recovery, clock: run.recoveryClock, up, hasArrived: true };
  }
  if (restored.state !== 'lost') {
    const isTried = cause !== 'unwanted' && !['untouched', 'other'].includes(restored.state);
    await end(restoring, isTried ? 'failed' : 'interrupted');
  }
  await restartedAgain(thrown, run);
  let rules = await rulesAfter(restored, restoring);
  if (await reregistered(restored, rules.verdicts, run))
    rules = await rulesAfter(restored, restoring);
  const last = await lastLook(restored, restoring);
  throw failedChange(thrown, last, { ...restoring, isInterrupted: run.signal.aborted }, rules);
}

async function talkedRestore(restoring: Restoring): Promise<Restored> {
  const { watcher, signal, plan, cause } = restoring;
  watcher.settled();
  watcher.fixing?.(fixingText(plan, cause));
  const onAbort = (): void => watcher.fixing?.(fixingText(plan, 'unwanted'));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await restore(restoring);
  } finally {
    signal.removeEventListener('abort', onAbort);
    watcher.settled();
  }
}

/** Where the host said itself that it runs and is not what was meant, it is bad whatever is registered. */
function causeOf(thrown: unknown): Restoring['cause'] {
  if (!(thrown instanceof HostFailure)) return 'bad';
  if (/^plugin-|^other-symbols$|^conflicting$|^rules-silent$/.test(thrown.code)) return 'bad';
  return thrown.kind === 'refused' ? 'refused' : 'unknown';
}

function fixingText({ name, present, rollback }: InstallPlan, cause: Restoring['cause']): string {
  const [step] = rollback.steps;
  const what =
    present === null && step === undefined
      ? `nothing of ${name} is left`
      : `${name}${step === undefined ? '' : ` ${versionOf(step)}`} runs`;
  const why = cause === 'unwanted' ? 'interrupted' : 'that failed';
  return `${why}; making sure that ${what} (Ctrl-C ${cause === 'unwanted' ? 'again' : 'twice'} leaves it as it is)`;
}

/**
 * Looks once more when all is restored and written down: who installed something meanwhile must not be reported as what
 * was there before. Where the host does not answer any more, what was seen before holds. Never throws HostFailure.
 */
async function lastLook(restored: Restored, restoring: Restoring): Promise<Restored> {
  const expected = expectedOf(restored, restoring);
  if (expected === undefined) return restored;
  const { client, plan } = restoring;
  try {
    const now = await whatIsNow(client, plan.info, plan.name);
    const isTold = now.plugin !== null && now.registration !== null;
    return isTold && !isSameRegistration(now.registration, expected)
      ? { state: 'other', now }
      : restored;
  } catch (thrown) {
    if (!(thrown instanceof HostFailure)) throw thrown;
    return restored;
  }
}

/** What has to be registered then; undefined where that was not the question. */
function expectedOf(
  restored: Restored,
  { plan }: Pick<Restoring, 'plan'>,
): Registration | null | undefined {
  if (restored.state === 'back') return restored.step.registration;
  if (restored.state === 'removed') return null;
  return restored.state === 'untouched' ? plan.present?.registration : undefined;
}
