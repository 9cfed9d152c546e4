import type { HostClient } from '../../client/host-client.ts';
import { healthOf } from '../health/health.ts';
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
import { leave, recover } from './failure.ts';
import { isWell } from './register.ts';
import { waitUntilSettled } from './settle.ts';
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
