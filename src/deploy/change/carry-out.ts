import type { Registration } from '../../client/answers.ts';
import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import { isInterrupted, type KpluginError } from '../../model/error.ts';
import { healthOf } from '../health.ts';
import { isSameRegistration } from '../record/host-record.ts';
import { afterNothing } from './after.ts';
import { rulesAfter } from './after-failure.ts';
import {
  type Applied,
  type Change,
  type ChangeEffects,
  type ChangeRun,
  NOTHING_AFTER,
  type RegisterResult,
} from './change.ts';
import { notRunning } from './failed.ts';
import { failedChange } from './failed-change.ts';
import type { InstallPlan } from './plan.ts';
import { isWell, verifyWanted } from './register.ts';
import { type Restored, type Restoring, restore } from './restore.ts';
import { versionOf } from './rollback-target.ts';
import { readCurrentState, waitUntilSettled } from './settle.ts';
import { reregistered, restartedAgain } from './silence.ts';
import { begin, commit, end, prove, register, upload } from './steps.ts';

/** The states of a change on its host. */
type ChangeState =
  | 'planned'
  | 'uploaded'
  | 'recorded'
  | 'registered'
  | 'verified'
  | 'proven'
  | 'committed';

/** One step of a change: its start state, its end state, and what to do when it fails or is interrupted. */
interface Transition {
  readonly from: ChangeState;
  readonly to: ChangeState;
  /** Resolves with the results of the step. */
  readonly step: (run: ChangeRun) => Promise<Partial<ChangeRun>>;
  /** `leave`: nothing was registered yet, so the host is unchanged. `restore`: the previous release is restored. */
  readonly onFailure: 'leave' | 'restore';
}

/**
 * The transitions of every change (docs/change.md). A failed step ends the change, with one exception: when the
 * connection was lost and a check shows that the wanted package runs, the change continues as `verified`.
 */
export const TRANSITIONS: readonly Transition[] = [
  { from: 'planned', to: 'uploaded', step: upload, onFailure: 'leave' },
  { from: 'uploaded', to: 'recorded', step: begin, onFailure: 'leave' },
  { from: 'recorded', to: 'registered', step: register, onFailure: 'restore' },
  { from: 'registered', to: 'verified', step: verifyWanted, onFailure: 'restore' },
  { from: 'verified', to: 'proven', step: prove, onFailure: 'restore' },
  { from: 'proven', to: 'committed', step: commit, onFailure: 'restore' },
];

/**
 * Carries out a change: upload, register, wait, verify. After a failure or an interrupt it restores the previous
 * release. Throws HostFailure (exit 130 for an interrupt) with what failed and what the host has now.
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
    const transition = TRANSITIONS.find(({ from }) => from === state);
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

function result({ wanted, after, pruned }: ChangeRun): Omit<Applied, keyof RegisterResult> {
  return { registration: wanted, after, pruned };
}

/** The plan has read the host already, so this waits only for a plugin that was starting then. */
async function unchanged(run: ChangeRun): Promise<Applied> {
  const { client, plan } = run;
  const { present, info, name } = plan;
  const seen = present?.health;
  const health = seen && isWell(seen) ? seen : await waitUntilSettled(client, info, name, run);
  if (!isWell(health)) throw notRunning(client, name, health);
  const registration = present?.registration ?? null;
  // An earlier run registered the package and was interrupted before it wrote that into the record.
  if (plan.record?.pending && registration !== null) {
    await end({ ...run, wanted: registration }, 'running');
  }
  const after = await afterNothing(run);
  return { ...run.up, health, registration: null, pruned: [], after };
}

/**
 * Throws the failure of a change that has registered nothing yet. The host then has what the plan saw, unless another
 * client changed the plugin meanwhile. Exit codes as {@link failedChange}.
 */
export async function leave(
  thrown: unknown,
  { plan, act, recovery, signal }: Pick<ChangeRun, 'plan' | 'act' | 'recovery' | 'signal'>,
): Promise<KpluginError> {
  const isOther = thrown instanceof HostFailure && thrown.code === 'conflicting';
  const left = isOther ? await othersOf(plan, recovery) : await seenOf(plan, recovery);
  const cause = isInterrupted(thrown, signal) ? 'unwanted' : 'refused';
  return failedChange(thrown, left, { client: recovery, plan, act, cause });
}

/** What the host has, read again: a host that does not answer is not said to be as before. */
async function seenOf(plan: InstallPlan, client: ChangeRun['recovery']): Promise<Restored> {
  try {
    const now = await readCurrentState(client, plan.info, plan.name);
    const before = plan.present?.registration ?? null;
    const isThere = (now.plugin === null) === (plan.present === null);
    if (isThere && isSameRegistration(now.registration, before)) return asPlanned(plan);
    return { state: 'other', now };
  } catch (thrown) {
    if (!(thrown instanceof HostFailure)) throw thrown;
    return { state: 'lost', now: null, failures: [] };
  }
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
    return { state: 'other', now: await readCurrentState(client, info, name) };
  } catch (thrown) {
    if (!(thrown instanceof HostFailure)) throw thrown;
    return { state: 'lost', now: null, failures: [] };
  }
}

/**
 * Restores the previous release, writes the outcome into the record, and throws the failure of the change. Resolves,
 * so that the change continues, when the wanted package turns out to run.
 */
async function recover(thrown: unknown, run: ChangeRun): Promise<ChangeRun> {
  const cause = isInterrupted(thrown, run.signal) ? 'unwanted' : causeOf(thrown);
  // At most once. A package whose rules fail never counts as arrived.
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

/** `bad` when the host itself reported that the plugin runs and is not what was wanted. */
function causeOf(thrown: unknown): Restoring['cause'] {
  if (!(thrown instanceof HostFailure)) return 'bad';
  if (/^plugin-|^other-symbols$|^conflicting$|^rules-|^verify-failed$/.test(thrown.code))
    return 'bad';
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
 * Reads the host again after the restore: another client may have installed something meanwhile, which must not be
 * reported as the previous release. When the host does not answer, the earlier state is reported. Never throws
 * HostFailure.
 */
async function lastLook(restored: Restored, restoring: Restoring): Promise<Restored> {
  const expected = expectedOf(restored, restoring);
  if (expected === undefined) return restored;
  const { client, plan } = restoring;
  try {
    const now = await readCurrentState(client, plan.info, plan.name);
    const isTold = now.plugin !== null && now.registration !== null;
    return isTold && !isSameRegistration(now.registration, expected)
      ? { state: 'other', now }
      : restored;
  } catch (thrown) {
    if (!(thrown instanceof HostFailure)) throw thrown;
    return restored;
  }
}

/** The registration that is expected then; undefined where none is checked. */
function expectedOf(
  restored: Restored,
  { plan }: Pick<Restoring, 'plan'>,
): Registration | null | undefined {
  if (restored.state === 'back') return restored.step.registration;
  if (restored.state === 'removed') return null;
  return restored.state === 'untouched' ? plan.present?.registration : undefined;
}
