import type { Registration } from '../../client/answers.ts';
import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/host-failure.ts';
import { isInterrupted } from '../../model/abort.ts';
import { has } from '../../model/behaviours.ts';
import { fileUrl } from '../record/upload-name.ts';
import { afterChange, afterNothing } from './after.ts';
import type { Applied, Change, ChangeEffects } from './change.ts';
import { nothingRegistered, notRunning } from './failed.ts';
import { failedChange } from './failed-change.ts';
import { lastLook } from './last-look.ts';
import { notBegun } from './not-begun.ts';
import { NOTHING_AFTER } from './options.ts';
import type { InstallPlan } from './plan.ts';
import { prune } from './prune.ts';
import { recordBegin, recordEnd } from './record-change.ts';
import { bringUp, isWell, replace } from './register.ts';
import { restore } from './restore.ts';
import type { Restoring } from './restoring.ts';
import { versionOf } from './rollback-target.ts';
import { rulesAfter } from './rules-after.ts';
import { reregistered, restartedAgain, rightBefore } from './silence.ts';
import { refuseMeanwhile, refuseOther, verify } from './verify.ts';
import { waitUntilSettled } from './wait.ts';
import type { InstallWatcher } from './watcher.ts';

/**
 * Carries out a plan: upload, register, wait, verify. After any failure, also an interrupt, what ran before runs again
 * or it is said that it does not: throws HostFailure, or exit 130, that tells what failed and what the host has now.
 */
export async function transact(
  client: HostClient,
  change: Change,
  effects: ChangeEffects,
): Promise<Applied> {
  const { plan } = change;
  if (plan.action === 'unchanged') return unchanged(client, change, effects);
  const wanted = await begun(client, change, effects);
  try {
    return await brought(client, change, wanted, effects);
  } catch (thrown) {
    return await restoreAfter(thrown, change, wanted, effects);
  }
}

/** Up to here nothing is registered: the package lies on the host, and what is about to be tried is written down. */
async function begun(
  client: HostClient,
  change: Change,
  { watcher, signal, recovery }: ChangeEffects,
): Promise<Registration> {
  const { name, shellParas } = change.plan;
  try {
    const file = await uploaded(client, change, watcher);
    const wanted = { name, file, shellParas };
    await refuseMeanwhile(client, change.plan);
    await recordBegin(client, change, wanted, watcher);
    return wanted;
  } catch (thrown) {
    throw await notBegun(thrown, change, { client: recovery, signal });
  }
}

/** The plan has looked already; only a plugin that was starting then is waited for. */
async function unchanged(
  client: HostClient,
  change: Change,
  effects: ChangeEffects,
): Promise<Applied> {
  const { plan } = change;
  const { present, info, name } = plan;
  const seen = present?.health;
  const health = seen && isWell(seen) ? seen : await waitUntilSettled(client, info, name, effects);
  if (!isWell(health)) throw notRunning(client, name, health);
  const registration = present?.registration ?? null;
  // An earlier run got it there and was interrupted before it could say so.
  if (plan.record?.pending && registration !== null) {
    const ending = { outcome: 'running', time: client.hostTime() } as const;
    await recordEnd(client, change, registration, ending, effects.watcher);
  }
  const after = change.options
    ? await afterNothing(client, change.options, effects)
    : NOTHING_AFTER;
  return { health, registration: null, answerLost: false, attempts: 0, pruned: [], after };
}

async function brought(
  client: HostClient,
  change: Change,
  wanted: Registration,
  effects: ChangeEffects,
): Promise<Applied> {
  const { plan, hasScript, symbols, watch = null } = change;
  const { info, present } = plan;
  if (watch !== null) await rightBefore(watch, plan, effects);
  const up = await bringUp({
    ...effects,
    client,
    info,
    registration: wanted,
    before: present?.registration ?? null,
    isThere: present !== null,
    hasScript,
  });
  await verify(client, info, wanted, symbols);
  return proven(client, change, wanted, effects, up);
}

type Up = Pick<Applied, 'health' | 'answerLost' | 'attempts'>;

/** What belongs to it is done and its rules are looked at, and only then is it written down as one that runs. */
async function proven(
  client: HostClient,
  change: Change,
  wanted: Registration,
  effects: ChangeEffects,
  up: Up,
): Promise<Applied> {
  const { options, watch = null } = change;
  const { info } = change.plan;
  let { attempts } = up;
  const again = async (): Promise<void> => {
    effects.watcher.waiting(
      `for eKuiper to unpack ${wanted.name} once more (no rows came)`,
      effects.limit,
    );
    attempts += 1;
    const { clock, limit } = effects;
    await replace({ client, registration: wanted, clock, limit });
  };
  const reregistering = { ...effects, again: has(info.version, 'reports-status') ? null : again };
  const after = options ? await afterChange(client, watch, options, reregistering) : NOTHING_AFTER;
  return settled(client, change, wanted, effects, { ...up, attempts, after });
}

/** From here on it is done: an interrupt must not leave the record behind. */
async function settled(
  client: HostClient,
  change: Change,
  wanted: Registration,
  { recovery, watcher }: ChangeEffects,
  up: Up & Pick<Applied, 'after'>,
): Promise<Applied> {
  const { plan } = change;
  const ending = { outcome: 'running', time: client.hostTime() } as const;
  const record = await recordEnd(recovery, change, wanted, ending, watcher);
  const registered = await recovery.registrations().catch(nothing);
  // Writing it down took a moment: what is told in the end is what was seen last.
  if (registered !== null) refuseOther(recovery, plan.info, wanted, registered);
  const pruned = registered === null ? [] : await prune(recovery, plan.name, record, registered);
  return { ...up, registration: wanted, pruned };
}

function nothing(thrown: unknown): null {
  if (thrown instanceof HostFailure) return null;
  throw thrown;
}

async function restoreAfter(
  thrown: unknown,
  change: Change,
  wanted: Registration,
  effects: ChangeEffects,
): Promise<Applied> {
  const { plan, hasScript, act = 'install', watch = null } = change;
  const { watcher, recovery, recoveryClock, limit, signal } = effects;
  const cause = isInterrupted(thrown, signal) ? 'unwanted' : causeOf(thrown);
  watcher.settled();
  watcher.fixing?.(fixingText(plan, cause));
  const onAbort = (): void => watcher.fixing?.(fixingText(plan, 'unwanted'));
  signal.addEventListener('abort', onAbort, { once: true });
  const restoring = {
    client: recovery,
    clock: recoveryClock,
    watcher,
    plan,
    act,
    wanted,
    hasScript,
    limit,
    cause,
  };
  const restored = await restore(restoring).finally(() => {
    signal.removeEventListener('abort', onAbort);
    watcher.settled();
  });
  if (restored.state === 'arrived') {
    const up = { health: restored.health, answerLost: true, attempts: 1 };
    const unabortable = { ...effects, clock: recoveryClock };
    try {
      return await proven(recovery, change, wanted, unabortable, up);
    } catch (silence) {
      // Not again and again: what is silent is bad, and what is bad never counts as arrived.
      if (causeOf(silence) !== 'bad') throw silence;
      return restoreAfter(silence, change, wanted, effects);
    }
  }
  if (restored.state !== 'lost') {
    const isTried = cause !== 'unwanted' && !['untouched', 'other'].includes(restored.state);
    const ending = {
      outcome: isTried ? 'failed' : 'interrupted',
      time: recovery.hostTime(),
    } as const;
    await recordEnd(recovery, change, wanted, ending, watcher);
  }
  await restartedAgain(thrown, change, effects);
  let rules = await rulesAfter(restored, restoring, watch);
  if (await reregistered(restored, rules.verdicts, change, effects)) {
    rules = await rulesAfter(restored, restoring, watch);
  }
  const last = await lastLook(restored, restoring);
  throw failedChange(thrown, last, { ...restoring, isInterrupted: signal.aborted }, rules);
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
 * Brings the package onto the host, unless it is there already; resolves to its URL there. An upload that fails has
 * changed no plugin; it may be repeated.
 */
async function uploaded(
  client: HostClient,
  { plan, upload }: Change,
  watcher: InstallWatcher,
): Promise<string> {
  if (plan.uploaded !== null) return plan.uploaded;
  if (upload === null) throw new Error('a change without a package needs one on the host');
  watcher.uploading(upload.name, upload.size);
  try {
    return fileUrl(await client.upload(upload, (sent) => watcher.uploaded(sent)));
  } catch (thrown) {
    throw thrown instanceof HostFailure ? nothingRegistered(thrown) : thrown;
  } finally {
    watcher.settled();
  }
}
