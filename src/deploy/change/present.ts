import type { HostInfo, InstalledPlugin, Registration } from '../../client/answers.ts';
import type { Clock } from '../../client/clock.ts';
import { type HostExport, NOTHING_EXPORTED } from '../../client/exported.ts';
import type { HostClient } from '../../client/host-client.ts';
import { has } from '../../model/behaviours.ts';
import { type Health, healthOf } from '../health.ts';
import type { HostRecord } from '../record/host-record.ts';
import { recordIn } from '../record/record-store.ts';
import { parseUploadName, uploadName, uploadNameOf } from '../record/upload-name.ts';
import { GLANCE, healthByRows } from '../rules/proof-by-rows.ts';
import { type RuleUse, ruleUses } from '../rules/rule-uses.ts';

/** What a host has of the plugin before a change. */
export interface Present {
  readonly plugin: InstalledPlugin;
  /** Null when this eKuiper does not export registrations. */
  readonly registration: Registration | null;
  readonly health: Health;
}

/** The state of a host, read in one round of requests. */
export interface HostState {
  readonly info: HostInfo;
  /** Every plugin, sorted by name. */
  readonly installed: readonly InstalledPlugin[];
  readonly exported: HostExport;
  /** The plugin in question; null when it is not installed. */
  readonly present: Present | null;
  /** Null when there is none. */
  readonly record: HostRecord | null;
  /** Why the record cannot be read; null when it was read or does not exist. */
  readonly recordProblem: string | null;
}

/**
 * Reads the state of a plugin on a host: `/`, plugins, export, and the plugin's status when it is installed. Throws
 * HostFailure.
 */
export async function lookAt(client: HostClient, name: string): Promise<HostState> {
  const hostState = await lookOnce(client, name);
  return isTorn(hostState, name) ? lookOnce(client, name) : hostState;
}

/**
 * Whether the list and the export contradict each other: another client installed the plugin between the two requests,
 * or the host was still processing a request of an earlier run. The status request waits for that, so a second read is
 * consistent.
 */
function isTorn({ info, present, exported }: HostState, name: string): boolean {
  if (!has(info.version, 'exports-registrations')) return false;
  const registration = exported.registrations.get(name) ?? null;
  if (present === null || registration === null) return present !== null || registration !== null;
  const named = parseUploadName(uploadNameOf(registration.file), name);
  return (
    named !== null &&
    uploadName(name, present.plugin.version, named.digest) !== uploadNameOf(registration.file)
  );
}

async function lookOnce(client: HostClient, name: string): Promise<HostState> {
  const info = await client.info();
  // One after the other: at the same time they would need a second connection, which takes longer than the answer.
  const installed = await client.plugins();
  const exported = has(info.version, 'exports-registrations')
    ? await client.exported()
    : NOTHING_EXPORTED;
  const plugin = installed.find((other) => other.name === name);
  const { record, problem } = recordIn(exported.files, name);
  const hostState = { info, installed, exported, record, recordProblem: problem };
  if (plugin === undefined) return { ...hostState, present: null };
  const status = has(info.version, 'reports-status') ? await client.status(name) : null;
  const registration = exported.registrations.get(name) ?? null;
  return { ...hostState, present: { plugin, registration, health: healthOf(status, info) } };
}

/**
 * As {@link lookAt}; with a clock, rows are observed for two seconds when the host's status of the process may be
 * wrong. Throws HostFailure.
 */
export async function recheck(
  client: HostClient,
  name: string,
  clock: Clock | undefined,
): Promise<HostState> {
  const hostState = await lookAt(client, name);
  const { info, present } = hostState;
  if (present === null || clock === undefined) return hostState;
  const facts = { info, health: present.health, uses: usesOf(hostState) };
  const health = await healthByRows(client, facts, { clock, limit: GLANCE });
  return { ...hostState, present: { ...present, health } };
}

/** Returns the rules that use the plugin; empty when it is not installed. */
export function usesOf({ exported, present }: HostState): readonly RuleUse[] {
  return present === null ? [] : ruleUses(exported, present.plugin, present.health);
}
