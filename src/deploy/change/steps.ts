import type { Registration } from '../../client/answers.ts';
import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import { has } from '../../model/behaviours.ts';
import { writeRecord } from '../record/keep.ts';
import { withInterrupted } from '../record/past.ts';
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
} from '../record/record.ts';
import { fileUrl, parseUploadName, uploadNameOf } from '../record/upload-name.ts';
import { afterChange } from './after.ts';
import type { Change, ChangeRun, InstallWatcher } from './change.ts';
import { nothingRegistered } from './failed.ts';
import type { InstallPlan } from './plan.ts';
import { bringUp, replace } from './register.ts';
import { rightBefore } from './silence.ts';
import { refuseMeanwhile, refuseOther } from './verify.ts';

/** The uploads that stay: what is registered, and the version before it. */
const KEPT = 2;

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

/**
 * Takes older uploads of a plugin away: only those that the record says kplugin put there, never one that a plugin is
 * registered with. `registered`: what every plugin of the host was registered with. Resolves to the names that are
 * gone; an upload that cannot be removed is no failure.
 */
async function prune(
  client: HostClient,
  name: string,
  record: HostRecord,
  registered: ReadonlyMap<string, Registration>,
): Promise<readonly string[]> {
  const superfluous = superfluousUploads(name, record, registered);
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

/** The uploads of a record that are not needed any more. */
function superfluousUploads(
  name: string,
  { entries }: HostRecord,
  registered: ReadonlyMap<string, Registration>,
): string[] {
  const ran = entries.filter(({ outcome }) => outcome === 'running');
  const kept = new Set([
    ...[...registered.values()].map(({ file }) => uploadNameOf(file)),
    ...ran.slice(0, KEPT).map(({ registration }) => uploadNameOf(registration.file)),
  ]);
  const uploads = entries.map(({ registration }) => uploadNameOf(registration.file));
  return [...new Set(uploads)].filter(
    (upload) => !kept.has(upload) && parseUploadName(upload, name) !== null,
  );
}

/** Writes down what is about to be tried and what there was before: a run that is interrupted finds the rollback by it. */
async function recordBegin(
  client: HostClient,
  { plan }: Change,
  wanted: Registration,
  watcher: InstallWatcher,
): Promise<void> {
  const pending = { ...beforeOf(plan, client.hostTime()), wanted };
  await write(client, plan, begun(withPresent(plan), pending), watcher);
}

/** What ran before the first of the runs that were interrupted, and when that one began. */
function beforeOf(plan: InstallPlan, now: number | null): Omit<Pending, 'wanted'> {
  const { present, record } = plan;
  const pending = record?.pending ?? null;
  const registration = present?.registration ?? null;
  if (pending === null) return { before: registration, time: now };
  if (isUnproven(plan)) return { before: pending.before, time: pending.time };
  return { before: registration ?? pending.before, time: now };
}

/** Whether what is registered was left behind by a run that was interrupted, and is not seen to run. */
function isUnproven({ present, record }: InstallPlan): boolean {
  if (present === null || present.health.state === 'running') return false;
  return isUnended(present.registration, record);
}

/** How a change ended, for the record. */
interface Ending {
  readonly outcome: RecordOutcome;
  /** By the host's clock, milliseconds since 1970; null when it told none. */
  readonly time: number | null;
}

/** Writes down how it ended. Resolves to the record. */
async function recordEnd(
  client: HostClient,
  { plan, digest }: Pick<Change, 'plan' | 'digest'>,
  wanted: Registration,
  ending: Ending,
  watcher: InstallWatcher,
): Promise<HostRecord> {
  const entry = { version: plan.version, digest, registration: wanted, ...ending };
  const record = ended(withPresent(plan), entry);
  await write(client, plan, record, watcher);
  return record;
}

/** What somebody else installed before belongs to the past as well, once it is replaced. */
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
