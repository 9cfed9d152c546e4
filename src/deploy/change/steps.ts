import type { Registration } from '../../client/answers.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import { has } from '../../model/behaviours.ts';
import type { HostRecord, RecordOutcome } from '../record/record.ts';
import { fileUrl } from '../record/upload-name.ts';
import { afterChange } from './after.ts';
import type { ChangeRun } from './change.ts';
import { nothingRegistered } from './failed.ts';
import { prune } from './prune.ts';
import { recordBegin, recordEnd } from './record-change.ts';
import { bringUp, replace } from './register.ts';
import { rightBefore } from './silence.ts';
import { refuseMeanwhile, refuseOther } from './verify.ts';

/**
 * Brings the package onto the host, unless it is there already. An upload that fails has changed no plugin; it may be
 * repeated.
 */
export async function upload(run: ChangeRun): Promise<Pick<ChangeRun, 'wanted'>> {
  const { client, plan, upload: file, watcher, wanted } = run;
  if (plan.uploaded !== null) return { wanted };
  if (file === null) throw new Error('a change without a package needs one on the host');
  watcher.uploading(file.name, file.size);
  try {
    const there = await client.upload(file, (sent) => watcher.uploaded(sent));
    return { wanted: { ...wanted, file: fileUrl(there) } };
  } catch (thrown) {
    throw thrown instanceof HostFailure ? nothingRegistered(thrown) : thrown;
  } finally {
    watcher.settled();
  }
}

/** Writes down what is about to be tried, where the host still is as the plan saw it. */
export async function begin(run: ChangeRun): Promise<object> {
  const { client, plan, wanted, watcher } = run;
  await refuseMeanwhile(client, plan);
  await recordBegin(client, run, wanted, watcher);
  return {};
}

/** Writes down how it ended, also after Ctrl-C. Resolves to the record. */
export function end(run: ChangeRun, outcome: RecordOutcome): Promise<HostRecord> {
  const { client, recovery, wanted, watcher } = run;
  return recordEnd(recovery, run, wanted, { outcome, time: client.hostTime() }, watcher);
}

export async function register(run: ChangeRun): Promise<Pick<ChangeRun, 'up'>> {
  const { plan, watch, wanted } = run;
  const { info, present } = plan;
  if (watch !== null) await rightBefore(watch, plan, run);
  const before = present?.registration ?? null;
  const isThere = present !== null;
  return { up: await bringUp({ ...run, info, registration: wanted, before, isThere }) };
}

/** What belongs to it is done and its rules are looked at, and only then is it written down as one that runs. */
export async function prove(run: ChangeRun): Promise<Pick<ChangeRun, 'up' | 'after'>> {
  const { plan, wanted, watcher, limit } = run;
  let { attempts } = run.up;
  const again = async (): Promise<void> => {
    watcher.waiting(`for eKuiper to unpack ${wanted.name} once more (no rows came)`, limit);
    attempts += 1;
    await replace({ ...run, registration: wanted });
  };
  const after = await afterChange(run, has(plan.info.version, 'reports-status') ? null : again);
  return { up: { ...run.up, attempts }, after };
}

/** From here on it is done: an interrupt must not leave the record behind. */
export async function commit(run: ChangeRun): Promise<Pick<ChangeRun, 'pruned'>> {
  const { plan, recovery, wanted } = run;
  const record = await end(run, 'running');
  const registered = await recovery.registrations().catch(nothing);
  if (registered === null) return { pruned: [] };
  // Writing it down took a moment: what is told in the end is what was seen last.
  refuseOther(recovery, plan.info, wanted, registered);
  return { pruned: await prune(recovery, plan.name, record, registered) };
}

function nothing(thrown: unknown): ReadonlyMap<string, Registration> | null {
  if (thrown instanceof HostFailure) return null;
  throw thrown;
}
