import type { Registration } from '../../client/answers.ts';

/** What became of a package on a host; `interrupted`: it was interrupted, or never got as far as being tried. */
export const RECORD_OUTCOMES = ['running', 'failed', 'interrupted'] as const;

export type RecordOutcome = (typeof RECORD_OUTCOMES)[number];

/** One package that kplugin put on a host. */
export interface RecordEntry {
  /** Empty when its manifest has none. */
  readonly version: string;
  /** Of its content, hex; empty when it is not known. */
  readonly digest: string;
  /** What eKuiper was told; may be told again. */
  readonly registration: Registration;
  /** By the host's own clock, milliseconds since 1970; null when it told none. */
  readonly time: number | null;
  readonly outcome: RecordOutcome;
}

/** A change that was begun and, as far as the record knows, not ended. */
export interface Pending {
  /** What was registered before; null when there was nothing. */
  readonly before: Registration | null;
  readonly wanted: Registration;
  readonly time: number | null;
}

/**
 * What kplugin keeps on a host about a plugin, so that a second run, a rollback and the history need nothing of the
 * operator's disk. It only adds order and the past: what is registered is told by the host itself.
 */
export interface HostRecord {
  /** Newest first. */
  readonly entries: readonly RecordEntry[];
  readonly pending: Pending | null;
}

export const EMPTY_RECORD: HostRecord = { entries: [], pending: null };

/** So many entries are kept. */
export const MOST_ENTRIES = 20;

/** The name of a plugin's record among the uploads of a host. */
export function recordName(plugin: string): string {
  return `${plugin}.kplugin.json`;
}

/** The plugin whose record an upload is; null for any other upload. */
export function recordedPlugin(upload: string): string | null {
  return /^(.+)\.kplugin\.json$/.exec(upload)?.[1] ?? null;
}

/** Whether two registrations ask eKuiper for the same. */
export function isSameRegistration(one: Registration | null, other: Registration | null): boolean {
  if (one === null || other === null) return one === other;
  return (
    one.name === other.name &&
    one.file === other.file &&
    JSON.stringify(one.shellParas) === JSON.stringify(other.shellParas)
  );
}

/** Whether a registration is what a run was trying that nobody saw the end of. */
export function isUnended(registration: Registration | null, record: HostRecord | null): boolean {
  const pending = record?.pending ?? null;
  return pending !== null && isSameRegistration(registration, pending.wanted);
}

/** The record with a change begun. */
export function begun(record: HostRecord, pending: Pending): HostRecord {
  return { ...record, pending };
}

/** The record with a package's outcome in front, any older entry of the same taken out, and no change begun. */
export function ended(record: HostRecord, entry: RecordEntry): HostRecord {
  const isSame = (other: RecordEntry): boolean =>
    isSameRegistration(other.registration, entry.registration);
  const older = record.entries.find(isSame);
  // A package that once ran stays known for it: what failed may have been the day, not the package.
  if (entry.outcome !== 'running' && older?.outcome === 'running') {
    return { entries: record.entries, pending: null };
  }
  // From the name of an upload only the first digits are known.
  const digest = older?.digest.startsWith(entry.digest) === true ? older.digest : entry.digest;
  const others = record.entries.filter((other) => !isSame(other));
  return { entries: [{ ...entry, digest }, ...others].slice(0, MOST_ENTRIES), pending: null };
}
