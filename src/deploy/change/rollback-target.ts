import type { Registration } from '../../client/answers.ts';
import { plainLine } from '../../client/http/text.ts';
import { sourceLabel } from '../../model/package-source.ts';
import { isDown } from '../health/health.ts';
import { type HostRecord, isSameRegistration, isUnended } from '../record/record.ts';
import { fileUrl, parseUploadName, uploadNameOf } from '../record/upload-name.ts';
import type { Present } from './present.ts';

/** A version that may be registered again. */
export interface RollbackStep {
  readonly registration: Registration;
  /** Empty when it is not known. */
  readonly version: string;
  /** Whether its zip lies among the host's uploads. */
  readonly isThere: boolean;
}

/**
 * What a failed change is followed by. `not-needed`: nothing is changed. `remove`: there was nothing before, so nothing is left. `ready`: a version that
 * ran before, whose zip is on the host. `unsure`: what ran before cannot be promised, `reason` says why.
 */
export interface Rollback {
  readonly state: 'not-needed' | 'remove' | 'ready' | 'unsure';
  /** Tried in turn until one runs. */
  readonly steps: readonly RollbackStep[];
  readonly reason: string | null;
}

export interface RollbackFacts {
  readonly name: string;
  readonly present: Present | null;
  /** What is going to be registered. */
  readonly wanted: { readonly uploadName: string; readonly shellParas: readonly string[] };
  readonly record: HostRecord | null;
  /** Absolute paths on the host. */
  readonly uploads: readonly string[];
  /** Whether this eKuiper holds records: where it does not, the names of the uploads are all there is. */
  readonly keepsRecords: boolean;
}

/**
 * Which versions a failed change can go back to, the best first. Source: docs/ekuiper.md#uploads-after-the-install,
 * #failed-update.
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
  // What a run that was interrupted registered is not known to run where the host does not tell.
  const isUnproven = present?.health.state === 'unknown' && isUnended(now, record);
  const runs = now !== null && present !== null && !isDown(present.health) && !isUnproven;
  const all = [
    ...(runs ? [now] : []),
    ...knownGood(facts),
    ...(now === null ? [] : [now]),
    // What is just being tried is better than nothing, and comes last.
  ].sort((one, other) => Number(isWanted(one)) - Number(isWanted(other)));
  return all
    .filter((one, at) => all.findIndex((other) => isSameRegistration(one, other)) === at)
    .filter((one) => isSameRegistration(one, now) || !isWanted(one))
    .map((registration) => stepOf(registration, facts))
    .filter((step, at) => at === 0 || step.isThere);
}

/** What ran here before, as far as it is told: by an unended run, by the record, by the names of the uploads. */
function knownGood({
  name,
  present,
  record,
  uploads,
  keepsRecords,
}: RollbackFacts): Registration[] {
  if (record !== null) {
    const before = record.pending?.before ?? null;
    // Nothing registered and nothing begun: somebody removed it, and it stays removed.
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
  const told = isNow ? present?.plugin.version : entry?.version;
  const version = told ?? parseUploadName(uploadNameOf(registration.file), name)?.version ?? '';
  return { registration, version, isThere: isUploaded(registration.file, uploads) };
}

/**
 * Whether a registration's file is one of the host's uploads; both ways of writing a path are understood
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

/** Why the rollback cannot be promised; null when it can. */
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

/** `version 1.0.0`, or the name of its zip where the version is not known. */
export function named({ version, registration }: Omit<RollbackStep, 'isThere'>): string {
  return version === '' ? plainLine(uploadNameOf(registration.file)) : `version ${version}`;
}

/** `1.0.0`, or the name of its zip where the version is not known: what follows the plugin's name. */
export function versionOf({ version, registration }: Omit<RollbackStep, 'isThere'>): string {
  return version === '' ? `(${plainLine(uploadNameOf(registration.file))})` : version;
}
