import type { Registration } from '../../client/answers.ts';
import type { HostClient } from '../../client/host-client.ts';
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
import { parseUploadName, uploadNameOf } from '../record/upload-name.ts';
import type { Change, InstallWatcher } from './change.ts';
import type { InstallPlan } from './plan.ts';

/** Writes down what is about to be tried and what there was before: a run that is interrupted finds the rollback by it. */
export async function recordBegin(
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
export interface Ending {
  readonly outcome: RecordOutcome;
  /** By the host's clock, milliseconds since 1970; null when it told none. */
  readonly time: number | null;
}

/** Writes down how it ended. Resolves to the record. */
export async function recordEnd(
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
