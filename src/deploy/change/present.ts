import type { HostInfo, InstalledPlugin, Registration } from '../../client/answers.ts';
import type { Clock } from '../../client/clock.ts';
import type { HostExport } from '../../client/exported.ts';
import { NOTHING_EXPORTED } from '../../client/exported.ts';
import type { HostClient } from '../../client/host-client.ts';
import { has } from '../../model/behaviours.ts';
import { type Health, healthOf } from '../health/health.ts';
import { recordIn } from '../record/keep.ts';
import type { HostRecord } from '../record/record.ts';
import { parseUploadName, uploadName, uploadNameOf } from '../record/upload-name.ts';
import { GLANCE, healthByRows } from '../rules/late-word.ts';
import { ruleUses } from '../rules/rule-uses.ts';
import type { RuleUse } from '../rules/use.ts';

/** What a host has of the plugin before anything is done. */
export interface Present {
  readonly plugin: InstalledPlugin;
  /** Null where the host does not tell. */
  readonly registration: Registration | null;
  readonly health: Health;
}

/** What a host was seen to have, in one round of questions. */
export interface HostSight {
  readonly info: HostInfo;
  /** Every plugin, sorted by name. */
  readonly installed: readonly InstalledPlugin[];
  readonly exported: HostExport;
  /** The plugin in question; null when the host has none. */
  readonly present: Present | null;
  /** Null when there is none. */
  readonly record: HostRecord | null;
  /** Why the record cannot be read, where there is something in its place. */
  readonly recordProblem: string | null;
}

/** Looks at what a host has of a plugin: `/`, plugins, export, and the plugin's status where it is there. */
export async function lookAt(client: HostClient, name: string): Promise<HostSight> {
  const sight = await lookOnce(client, name);
  return isTorn(sight, name) ? lookOnce(client, name) : sight;
}

/**
 * Whether the list and the export do not belong together: somebody else installed the plugin between the two answers,
 * or the host was still at work on what an earlier run began; its status, which waited for that, has answered by now.
 */
function isTorn({ info, present, exported }: HostSight, name: string): boolean {
  if (!has(info.version, 'exports-registrations')) return false;
  const registration = exported.registrations.get(name) ?? null;
  if (present === null || registration === null) return present !== null || registration !== null;
  const named = parseUploadName(uploadNameOf(registration.file), name);
  return (
    named !== null &&
    uploadName(name, present.plugin.version, named.digest) !== uploadNameOf(registration.file)
  );
}

async function lookOnce(client: HostClient, name: string): Promise<HostSight> {
  const info = await client.info();
  // One after the other: at once they would need a second connection, which takes longer than the answer.
  const installed = await client.plugins();
  const exported = has(info.version, 'exports-registrations')
    ? await client.exported()
    : NOTHING_EXPORTED;
  const plugin = installed.find((other) => other.name === name);
  const { record, problem } = recordIn(exported.files, name);
  const sight = { info, installed, exported, record, recordProblem: problem };
  if (plugin === undefined) return { ...sight, present: null };
  const status = has(info.version, 'reports-status') ? await client.status(name) : null;
  const registration = exported.registrations.get(name) ?? null;
  return { ...sight, present: { plugin, registration, health: healthOf(status, info) } };
}

/**
 * {@link lookAt}; with a clock rows are looked at for two seconds where the host may be wrong about the plugin's
 * process. Throws HostFailure.
 */
export async function recheck(
  client: HostClient,
  name: string,
  clock: Clock | undefined,
): Promise<HostSight> {
  const sight = await lookAt(client, name);
  const { info, present } = sight;
  if (present === null || clock === undefined) return sight;
  const facts = { info, health: present.health, uses: usesOf(sight) };
  const health = await healthByRows(client, facts, { clock, limit: GLANCE });
  return { ...sight, present: { ...present, health } };
}

/** The rules that use a plugin; none where it is not there. */
export function usesOf({ exported, present }: HostSight): readonly RuleUse[] {
  return present === null ? [] : ruleUses(exported, present.plugin, present.health);
}
