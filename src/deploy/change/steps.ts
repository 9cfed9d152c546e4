import type { Registration } from '../../client/answers.ts';
import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import { has } from '../../model/behaviours.ts';
import {
  begun,
  EMPTY_RECORD,
  ended,
  type HostRecord,
  isSameRegistration,
  isUnended,
  type Pending,
  type RecordEntry,
  type RecordOutcome,
  withInterrupted,
} from '../record/host-record.ts';
import { unneededOf } from '../record/own-uploads.ts';
import { writeRecord } from '../record/record-store.ts';
import { fileUrl, parseUploadName, uploadNameOf } from '../record/upload-name.ts';
import { afterChange } from './after.ts';
import { untilAnswering } from './answering.ts';
import type { Change, ChangeRun, InstallWatcher } from './change.ts';
import { nothingRegistered } from './failed.ts';
import type { InstallPlan } from './plan.ts';
import { refuseMeanwhile, refuseOther, registerAndWait, replace } from './register.ts';
import { rightBefore } from './silence.ts';

/** Uploads the package unless it is on the host already. A failed upload changes no plugin and can be repeated. */
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

/** Writes the started change into the record, if the host is still as the plan saw it. */
export async function begin(run: ChangeRun): Promise<object> {
  const { client, plan, wanted, watcher } = run;
  await refuseMeanwhile(client, plan);
  await recordBegin(client, run, wanted, watcher);
  return {};
}

/** Writes the outcome into the record, also after Ctrl-C. Resolves to the record. */
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
  return { up: await registerAndWait({ ...run, info, registration: wanted, before, isThere }) };
}

/**
 * Waits until the new process answers, applies the configuration and checks the rules; only after that is the package
 * recorded as running.
 */
export async function prove(run: ChangeRun): Promise<Pick<ChangeRun, 'up' | 'after'>> {
  const { plan, wanted, watcher, limit } = run;
  let { attempts } = run.up;
  const again = async (): Promise<void> => {
    watcher.waiting(`for eKuiper to unpack ${wanted.name} once more (no rows came)`, limit);
    attempts += 1;
    await replace({ ...run, registration: wanted });
  };
  await untilAnswering(run);
  const after = await afterChange(run, has(plan.info.version, 'reports-status') ? null : again);
  await run.accept?.(run);
  return { up: { ...run.up, attempts }, after };
}

/** From here on the change is done: an interrupt must not leave the record incomplete. */
export async function commit(run: ChangeRun): Promise<Pick<ChangeRun, 'pruned'>> {
  const { plan, recovery, wanted } = run;
  const record = await end(run, 'running');
  const registered = await recovery.registrations().catch(nothing);
  if (registered === null) return { pruned: [] };
  // Writing took a moment: the report shows the last state that was seen.
  refuseOther(recovery, plan.info, wanted, registered);
  return { pruned: await prune(recovery, plan.name, record, registered) };
}

function nothing(thrown: unknown): ReadonlyMap<string, Registration> | null {
  if (thrown instanceof HostFailure) return null;
  throw thrown;
}

/**
 * Removes old uploads of a plugin: only those that kplugin uploaded according to the record, never one that a plugin
 * is registered with. `registered`: the registration of every plugin of the host. Resolves to the removed names; an
 * upload that cannot be removed is no failure.
 */
async function prune(
  client: HostClient,
  name: string,
  record: HostRecord,
  registered: ReadonlyMap<string, Registration>,
): Promise<readonly string[]> {
  const superfluous = unneededOf(name, record, registered);
  if (superfluous.length === 0) return [];
  const pruned: string[] = [];
  try {
    const there = new Set((await client.uploads()).map(uploadNameOf));
    for (const upload of superfluous.filter((one) => there.has(one))) {
      if (await client.removeUpload(upload)) pruned.push(upload);
    }
  } catch (thrown) {
    if (!(thrown instanceof HostFailure)) throw thrown;
  }
  return pruned;
}

/**
 * Writes the wanted and the previous registration into the record, so that the run after an interrupted one finds the
 * rollback target.
 */
async function recordBegin(
  client: HostClient,
  { plan }: Change,
  wanted: Registration,
  watcher: InstallWatcher,
): Promise<void> {
  const pending = { ...beforeOf(plan, client.hostTime()), wanted };
  await write(client, plan, begun(withPresent(plan), pending), watcher);
}

/** The registration before the first of the interrupted runs, and when that run started. */
function beforeOf(plan: InstallPlan, now: number | null): Omit<Pending, 'wanted'> {
  const { present, record } = plan;
  const pending = record?.pending ?? null;
  const registration = present?.registration ?? null;
  if (pending === null) return { before: registration, time: now };
  if (isUnproven(plan)) return { before: pending.before, time: pending.time };
  return { before: registration ?? pending.before, time: now };
}

/** Whether the present registration was left by an interrupted run and is not known to run. */
function isUnproven({ present, record }: InstallPlan): boolean {
  if (present === null || present.health.state === 'running') return false;
  return isUnended(present.registration, record);
}

/** The outcome of a change, for the record. */
interface Ending {
  readonly outcome: RecordOutcome;
  /** The host's clock, milliseconds since 1970; null when it sent none. */
  readonly time: number | null;
}

/** Writes the outcome. Resolves to the record. */
async function recordEnd(
  client: HostClient,
  { plan, digest, upload }: Pick<Change, 'plan' | 'digest' | 'upload'>,
  wanted: Registration,
  ending: Ending,
  watcher: InstallWatcher,
): Promise<HostRecord> {
  const size = upload === null ? {} : { size: upload.size };
  const entry = { version: plan.version, digest, registration: wanted, ...ending, ...size };
  const record = ended(withPresent(plan), entry);
  await write(client, plan, record, watcher);
  return record;
}

/** Adds what another client had installed to the record's history, when it is replaced. */
function withPresent(plan: InstallPlan): HostRecord {
  const { present, name } = plan;
  const record = withInterrupted(name, plan.record ?? EMPTY_RECORD);
  const registration = present?.registration ?? null;
  const isKnown = (plan.record?.entries ?? []).some((one) =>
    isSameRegistration(one.registration, registration),
  );
  if (present === null || registration === null || isKnown || isUnproven(plan)) return record;
  const named = parseUploadName(uploadNameOf(registration.file), plan.name);
  const entry: RecordEntry = {
    version: present.plugin.version,
    digest: named?.digest ?? '',
    registration,
    time: null,
    outcome: 'running',
  };
  const others = record.entries.filter(
    (one) => !isSameRegistration(one.registration, registration),
  );
  return { ...record, entries: [entry, ...others] };
}

async function write(
  client: HostClient,
  plan: InstallPlan,
  record: HostRecord,
  watcher: InstallWatcher,
): Promise<void> {
  const problem = await writeRecord(client, plan.info, plan.name, record);
  if (problem !== null) watcher.detail?.(problem);
}
