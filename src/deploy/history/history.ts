import type { HostInfo, Registration } from '../../client/answers.ts';
import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import { has } from '../../model/behaviours.ts';
import { type HostState, recheck } from '../change/present.ts';
import { isUploaded } from '../change/rollback-target.ts';
import type { HealthState } from '../health.ts';
import {
  isSameRegistration,
  type RecordEntry,
  type RecordOutcome,
  recordedPlugin,
} from '../record/host-record.ts';
import { keepsRecords } from '../record/record-store.ts';
import { fileUrl, parseUploadName, uploadNameOf } from '../record/upload-name.ts';

/**
 * The state of a version in the history. An installed plugin has the state of its health. `interrupted`: the run that
 * installed it was interrupted; `rollback`: the target of `rollback`; `kept`: its zip is on the host; `pruned`: its
 * zip was removed.
 */
type PastState = HealthState | 'interrupted' | 'rollback' | 'kept' | 'pruned' | 'failed';

export interface PastVersion {
  /** Empty when it is not known. */
  readonly version: string;
  /** Digest of its content, hex, at least eight digits; empty when it is not known. */
  readonly digest: string;
  /** The host's clock, milliseconds since 1970; null when it is not known. */
  readonly time: number | null;
  readonly state: PastState;
  readonly registration: Registration;
  /** Whether its zip is among the uploads. */
  readonly isThere: boolean;
}

export interface PluginHistory {
  readonly info: HostInfo;
  readonly name: string;
  /** Newest first; without a record in the order of the version numbers. */
  readonly past: readonly PastVersion[];
  /** Whether the host has the plugin now. */
  readonly isInstalled: boolean;
  /** Why the history is incomplete; null when it is complete. */
  readonly problem: string | null;
}

/**
 * Returns the packages of one plugin that kplugin put on a host, and its present state ({@link recheck}). Throws
 * HostFailure.
 */
export async function historyOf(
  client: HostClient,
  name: string,
  clock?: Clock,
): Promise<PluginHistory> {
  const hostState = await recheck(client, name, clock);
  const uploads = has(hostState.info.version, 'takes-uploads') ? await client.uploads() : [];
  return {
    info: hostState.info,
    name,
    past: pastOf(hostState, name, uploads),
    isInstalled: hostState.present !== null,
    problem: problemOf(hostState),
  };
}

function problemOf({ info, record, recordProblem }: HostState): string | null {
  if (recordProblem !== null) return recordProblem;
  if (!keepsRecords(info)) {
    return `eKuiper ${info.version} keeps no record of what kplugin does: this list is made from the names of the uploads`;
  }
  return record === null ? 'kplugin has kept no record of it here' : null;
}

function pastOf(hostState: HostState, name: string, uploads: readonly string[]): PastVersion[] {
  const { present } = hostState;
  const now = present?.registration ?? null;
  let hasRollback = false;
  return entriesOf(hostState, name, uploads).map((entry) => {
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

function entriesOf(hostState: HostState, name: string, uploads: readonly string[]): RecordEntry[] {
  const { record, present, info } = hostState;
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

/** Without a record only the upload names are known; the highest version counts as the newest. */
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

/**
 * Returns the names of the plugins that kplugin put on a host, sorted: those with a record, and those registered from
 * an upload with a name that kplugin gave. Throws HostFailure.
 */
export async function knownPlugins(client: HostClient): Promise<readonly string[]> {
  const { version } = await client.info();
  if (!has(version, 'exports-registrations')) return [];
  const { files, registrations } = await client.exported();
  const recorded = [...files.keys()].flatMap((file) => recordedPlugin(file) ?? []);
  const registered = [...registrations.values()]
    .filter(({ name, file }) => parseUploadName(uploadNameOf(file), name) !== null)
    .map(({ name }) => name);
  return [...new Set([...recorded, ...registered])].sort();
}
