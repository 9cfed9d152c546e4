import type { HostInfo, InstalledPlugin, Registration } from '../client/answers.ts';
import type { HostExport } from '../client/exported.ts';
import { NOTHING_EXPORTED } from '../client/exported.ts';
import type { HostClient } from '../client/host-client.ts';
import { type Health, healthOf } from '../plugins/health.ts';
import { recordIn } from '../record/keep.ts';
import type { HostRecord } from '../record/record.ts';

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
  const { present, record } = sight;
  // An earlier run was cut off and the host is still at it: its status, which waited for that, has answered now.
  const isAtWork =
    present !== null && present.registration === null && (record?.pending ?? null) !== null;
  return isAtWork ? lookOnce(client, name) : sight;
}

async function lookOnce(client: HostClient, name: string): Promise<HostSight> {
  const info = await client.info();
  const [installed, exported] = await Promise.all([
    client.plugins(),
    info.features.export ? client.exported() : NOTHING_EXPORTED,
  ]);
  const plugin = installed.find((other) => other.name === name);
  const { record, problem } = recordIn(exported.files, name);
  const sight = { info, installed, exported, record, recordProblem: problem };
  if (plugin === undefined) return { ...sight, present: null };
  const status = info.features.status ? await client.status(name) : null;
  const registration = exported.registrations.get(name) ?? null;
  return { ...sight, present: { plugin, registration, health: healthOf(status, info) } };
}
