import type { HostInfo, Registration } from '../../client/answers.ts';
import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import { has } from '../../model/behaviours.ts';
import type { HostSight } from '../change/present.ts';
import { recheck } from '../change/present.ts';
import { isUploaded } from '../change/rollback-target.ts';
import type { HealthState } from '../health/health.ts';
import { keepsRecords } from '../record/keep.ts';
import { isSameRegistration, type RecordEntry, type RecordOutcome } from '../record/record.ts';
import { fileUrl, parseUploadName, uploadNameOf } from '../record/upload-name.ts';

/**
 * What a version of the past is now. The states of a plugin that is there are those of its health; `interrupted`: a run was
 * ended in the middle of it; `rollback`: what `rollback` goes to; `kept`: its zip is there; `pruned`: it is gone.
 */
export type PastState = HealthState | 'interrupted' | 'rollback' | 'kept' | 'pruned' | 'failed';

export interface PastVersion {
  /** Empty when it is not known. */
  readonly version: string;
  /** Of its content, hex, eight digits at least; empty when it is not known. */
  readonly digest: string;
  /** By the host's clock, milliseconds since 1970; null when it is not known. */
  readonly time: number | null;
  readonly state: PastState;
  readonly registration: Registration;
  /** Whether its zip is among the uploads. */
  readonly isThere: boolean;
}

export interface PluginHistory {
  readonly info: HostInfo;
  readonly name: string;
  /** Newest first, as far as there is an order: without a record it is that of the version numbers. */
  readonly past: readonly PastVersion[];
  /** Whether the host has it now. */
  readonly isInstalled: boolean;
  /** Why there is less to say than there could be; null when there is not. */
  readonly problem: string | null;
}

/** What kplugin put onto a host of one plugin, and what is there now ({@link recheck}). Throws HostFailure. */
export async function historyOf(
  client: HostClient,
  name: string,
  clock?: Clock,
): Promise<PluginHistory> {
  const sight = await recheck(client, name, clock);
  const uploads = has(sight.info.version, 'takes-uploads') ? await client.uploads() : [];
  return {
    info: sight.info,
    name,
    past: pastOf(sight, name, uploads),
    isInstalled: sight.present !== null,
    problem: problemOf(sight),
  };
}

function problemOf({ info, record, recordProblem }: HostSight): string | null {
  if (recordProblem !== null) return recordProblem;
  if (!keepsRecords(info)) {
    return `eKuiper ${info.version} keeps no record of what kplugin does: this is told by the names of the uploads`;
  }
  return record === null ? 'kplugin has kept no record of it here' : null;
}

function pastOf(sight: HostSight, name: string, uploads: readonly string[]): PastVersion[] {
  const { present } = sight;
  const now = present?.registration ?? null;
  let hasRollback = false;
  return entriesOf(sight, name, uploads).map((entry) => {
    const { version, digest, time, registration, outcome } = entry;
    const isThere = isUploaded(registration.file, uploads);
    const isNow = isSameRegistration(registration, now);
    const canGoBack = isThere && !isNow && outcome === 'running' && !hasRollback;
    hasRollback ||= canGoBack;
    const past = canGoBack ? 'rollback' : stateOf(outcome, isThere);
    const state = isNow && present !== null ? present.health.state : past;
    return { version, digest, time, state, registration, isThere };
  });
}

function stateOf(outcome: RecordOutcome, isThere: boolean): PastState {
  if (outcome !== 'running') return outcome;
  return isThere ? 'kept' : 'pruned';
}

function entriesOf(sight: HostSight, name: string, uploads: readonly string[]): RecordEntry[] {
  const { record, present, info } = sight;
  const known: readonly RecordEntry[] =
    record?.entries ?? (keepsRecords(info) ? [] : namedUploads(name, uploads));
  const pending = record?.pending ?? null;
  const more: RecordEntry[] = [];
  const isNew = (one: Registration): boolean =>
    ![...known, ...more].some(({ registration }) => isSameRegistration(registration, one));
  if (pending !== null && isNew(pending.wanted)) {
    more.push({ ...namedEntry(name, pending.wanted), time: pending.time, outcome: 'interrupted' });
  }
  const now = present?.registration ?? null;
  if (present !== null && now !== null && isNew(now)) {
    more.push({ ...namedEntry(name, now), version: present.plugin.version });
  }
  const before = pending?.before ?? null;
  return [
    ...more,
    ...known,
    ...(before !== null && isNew(before) ? [namedEntry(name, before)] : []),
  ];
}

/** Without a record the names of the uploads are all there is; the highest version counts as the newest. */
function namedUploads(name: string, uploads: readonly string[]): RecordEntry[] {
  return uploads
    .filter((path) => parseUploadName(uploadNameOf(path), name) !== null)
    .map((path) => namedEntry(name, { name, file: fileUrl(path), shellParas: [] }))
    .sort((a, b) => b.version.localeCompare(a.version, 'en', { numeric: true }));
}

function namedEntry(name: string, registration: Registration): RecordEntry {
  const named = parseUploadName(uploadNameOf(registration.file), name);
  const { version = '', digest = '' } = named ?? {};
  return { version, digest, registration, time: null, outcome: 'running' };
}
