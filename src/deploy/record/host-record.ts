import type { Registration } from '../../client/answers.ts';
import { parseUploadName, uploadNameOf } from './upload-name.ts';

/** The outcome of a package on a host. `interrupted`: the run was interrupted, or the package was never tried. */
export const RECORD_OUTCOMES = ['running', 'failed', 'interrupted'] as const;

/** The maximum number of entries. */
export const MOST_ENTRIES = 20;

export type RecordOutcome = (typeof RECORD_OUTCOMES)[number];

/** One package that kplugin uploaded to a host. */
export interface RecordEntry {
  /** Empty when its manifest has none. */
  readonly version: string;
  /** Digest of its content, hex; empty when it is not known. */
  readonly digest: string;
  /** The registration that was sent; it can be sent again. */
  readonly registration: Registration;
  /** The host's clock, milliseconds since 1970; null when it sent none. */
  readonly time: number | null;
  readonly outcome: RecordOutcome;
  /** Bytes of the zip; left out where it is not known: no request of eKuiper returns it. */
  readonly size?: number;
}

/** A change that was started and has no end in the record. */
export interface Pending {
  /** The previous registration; null when there was none. */
  readonly before: Registration | null;
  readonly wanted: Registration;
  readonly time: number | null;
}

/**
 * What kplugin stores on a host about a plugin, so that a later run, a rollback and the history need no files on the
 * user's machine. It adds only the order and the history: the host itself reports what is registered.
 */
export interface HostRecord {
  /** Newest first. */
  readonly entries: readonly RecordEntry[];
  readonly pending: Pending | null;
}

export const EMPTY_RECORD: HostRecord = { entries: [], pending: null };

/** The name of a plugin's record among the uploads of a host. */
export function recordName(plugin: string): string {
  return `${plugin}.kplugin.json`;
}

/** The plugin whose record an upload is; null for any other upload. */
export function recordedPlugin(upload: string): string | null {
  return /^(.+)\.kplugin\.json$/.exec(upload)?.[1] ?? null;
}

/** Whether two registrations send the same request. */
export function isSameRegistration(one: Registration | null, other: Registration | null): boolean {
  if (one === null || other === null) return one === other;
  return (
    one.name === other.name &&
    one.file === other.file &&
    JSON.stringify(one.shellParas) === JSON.stringify(other.shellParas)
  );
}

/** Whether a registration belongs to an unfinished change of the record. */
export function isUnended(registration: Registration | null, record: HostRecord | null): boolean {
  const pending = record?.pending ?? null;
  return pending !== null && isSameRegistration(registration, pending.wanted);
}

/** Returns the record with a started change. */
export function begun(record: HostRecord, pending: Pending): HostRecord {
  return { ...record, pending };
}

/**
 * Returns the record with the outcome of a package as its first entry, without an older entry of the same package, and
 * without a started change.
 */
export function ended(record: HostRecord, entry: RecordEntry): HostRecord {
  const isSame = (other: RecordEntry): boolean =>
    isSameRegistration(other.registration, entry.registration);
  const older = record.entries.find(isSame);
  // A package that once ran keeps that outcome: a later failure may have had another cause.
  if (entry.outcome !== 'running' && older?.outcome === 'running') {
    return { entries: record.entries, pending: null };
  }
  // An upload name has only the first digits of the digest.
  const digest = older?.digest.startsWith(entry.digest) === true ? older.digest : entry.digest;
  const size = entry.size ?? older?.size;
  const others = record.entries.filter((other) => !isSame(other));
  const full = { ...entry, digest, ...(size === undefined ? {} : { size }) };
  return { entries: [full, ...others].slice(0, MOST_ENTRIES), pending: null };
}

/** Returns the record with the interrupted run as an entry of the history, so that its package can be removed later. */
export function withInterrupted(plugin: string, record: HostRecord): HostRecord {
  const { entries, pending } = record;
  if (pending === null) return record;
  const { wanted: registration, time } = pending;
  if (entries.some((one) => isSameRegistration(one.registration, registration))) return record;
  const named = parseUploadName(uploadNameOf(registration.file), plugin);
  const { version = '', digest = '' } = named ?? {};
  return {
    ...record,
    entries: [{ version, digest, registration, time, outcome: 'interrupted' }, ...entries],
  };
}
