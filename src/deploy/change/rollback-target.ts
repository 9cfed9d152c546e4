import type { Registration } from '../../client/answers.ts';
import { plainLine } from '../../client/http/foreign-text.ts';
import { sourceLabel } from '../../model/shell-word.ts';
import { isDown } from '../health.ts';
import { type HostRecord, isSameRegistration, isUnended } from '../record/host-record.ts';
import { fileUrl, parseUploadName, uploadNameOf } from '../record/upload-name.ts';
import type { Present } from './present.ts';

/** A version that can be registered again. */
export interface RollbackStep {
  readonly registration: Registration;
  /** Empty when it is not known. */
  readonly version: string;
  /** Whether its zip is among the host's uploads. */
  readonly isThere: boolean;
}

/**
 * What follows a failed change. `not-needed`: nothing is changed. `remove`: no plugin existed before, so it is
 * removed. `ready`: a version that ran before is on the host. `unsure`: the rollback may fail; `reason` says why.
 */
export interface Rollback {
  readonly state: 'not-needed' | 'remove' | 'ready' | 'unsure';
  /** Tried in turn until one runs. */
  readonly steps: readonly RollbackStep[];
  readonly reason: string | null;
}

interface RollbackFacts {
  readonly name: string;
  readonly present: Present | null;
  /** The registration that is about to be sent. */
  readonly wanted: { readonly uploadName: string; readonly shellParas: readonly string[] };
  readonly record: HostRecord | null;
  /** Absolute paths on the host. */
  readonly uploads: readonly string[];
  /** Whether this eKuiper stores records; where it does not, only the upload names are known. */
  readonly keepsRecords: boolean;
}

/**
 * Returns the versions that a failed change can go back to, the best one first. Source:
 * docs/ekuiper.md#uploads-after-the-install, #failed-update.
 */
export function rollbackOf(facts: RollbackFacts): Rollback {
  const steps = stepsOf(facts);
  if (facts.present === null && steps.length === 0) return { state: 'remove', steps, reason: null };
  const reason = doubtOf(facts, steps[0]);
  return { state: reason === null ? 'ready' : 'unsure', steps, reason };
}

function stepsOf(facts: RollbackFacts): RollbackStep[] {
  const { present, wanted, record } = facts;
  const now = present?.registration ?? null;
  const isWanted = (one: Registration): boolean =>
    uploadNameOf(one.file) === wanted.uploadName &&
    JSON.stringify(one.shellParas) === JSON.stringify(wanted.shellParas);
  // What an interrupted run registered counts as unproven when the host does not report whether it runs.
  const isUnproven = present?.health.state === 'unknown' && isUnended(now, record);
  const runs = now !== null && present !== null && !isDown(present.health) && !isUnproven;
  const all = [
    ...(runs ? [now] : []),
    ...knownGood(facts),
    ...(now === null ? [] : [now]),
    // The version being tried is better than none, so it comes last.
  ].sort((one, other) => Number(isWanted(one)) - Number(isWanted(other)));
  return all
    .filter((one, at) => all.findIndex((other) => isSameRegistration(one, other)) === at)
    .filter((one) => isSameRegistration(one, now) || !isWanted(one))
    .map((registration) => stepOf(registration, facts))
    .filter((step, at) => at === 0 || step.isThere);
}

/** The version that ran before, as far as it is known: from an unfinished run, the record, or the upload names. */
function knownGood({
  name,
  present,
  record,
  uploads,
  keepsRecords,
}: RollbackFacts): Registration[] {
  if (record !== null) {
    const before = record.pending?.before ?? null;
    // Nothing registered and no unfinished change: the plugin was removed, and stays removed.
    if (present === null && record.pending === null) return [];
    const ran = record.entries.filter(({ outcome }) => outcome === 'running');
    return [...(before === null ? [] : [before]), ...ran.map(({ registration }) => registration)];
  }
  if (present === null && keepsRecords) return [];
  return uploads
    .flatMap((path) => {
      const parsed = parseUploadName(uploadNameOf(path), name);
      return parsed === null ? [] : [{ file: fileUrl(path), version: parsed.version }];
    })
    .sort((a, b) => b.version.localeCompare(a.version, 'en', { numeric: true }))
    .map(({ file }) => ({ name, file, shellParas: [] }));
}

function stepOf(registration: Registration, facts: RollbackFacts): RollbackStep {
  const { name, present, record, uploads } = facts;
  const isNow = isSameRegistration(registration, present?.registration ?? null);
  const entry = record?.entries.find((one) => isSameRegistration(one.registration, registration));
  const known = isNow ? present?.plugin.version : entry?.version;
  const version = known ?? parseUploadName(uploadNameOf(registration.file), name)?.version ?? '';
  return { registration, version, isThere: isUploaded(registration.file, uploads) };
}

/**
 * Whether the file of a registration is one of the host's uploads; accepts both spellings of a path
 * (docs/ekuiper.md#upload-names).
 */
export function isUploaded(file: string, uploads: readonly string[]): boolean {
  return uploads.some((path) => decoded(fileUrl(path)) === decoded(file));
}

function decoded(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

/** Why the rollback may fail; null when it will work. */
function doubtOf({ present }: RollbackFacts, first: RollbackStep | undefined): string | null {
  if (present !== null && present.registration === null) {
    const instead = first === undefined ? '' : `; in its place ${named(first)} would be registered`;
    return `the host does not tell what the present one was installed from${instead}`;
  }
  if (first === undefined) return 'nothing of it that ever ran is left on the host';
  if (first.isThere) return null;
  const file = plainLine(sourceLabel(first.registration.file));
  return /^https?:/i.test(file)
    ? `${named(first)} would have to be downloaded again by the host, from ${file}`
    : `${named(first)} was installed from ${file}, which is not among the host's uploads`;
}

/** `version 1.0.0`, or the name of its zip when the version is not known. */
export function named({ version, registration }: Omit<RollbackStep, 'isThere'>): string {
  return version === '' ? plainLine(uploadNameOf(registration.file)) : `version ${version}`;
}

/** `1.0.0`, or the name of its zip when the version is not known; follows the plugin's name. */
export function versionOf({ version, registration }: Omit<RollbackStep, 'isThere'>): string {
  return version === '' ? `(${plainLine(uploadNameOf(registration.file))})` : version;
}
