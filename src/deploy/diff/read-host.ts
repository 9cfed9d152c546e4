import type { HostInfo } from '../../client/answers.ts';
import { type HostExport, NOTHING_EXPORTED } from '../../client/exported.ts';
import type { HostClient } from '../../client/host-client.ts';
import { has } from '../../model/behaviours.ts';
import type { Present } from '../change/present.ts';
import { type ListedPlugin, listPlugins } from '../plugins/list.ts';
import { recordIn } from '../record/record-store.ts';
import { digestOnHost } from './content.ts';
import {
  type HostSummary,
  hostSummary,
  type InstalledSummary,
  installedSummary,
} from './host-summary.ts';

/** A plugin as its host reports it. */
export interface ReadPlugin {
  readonly present: Present;
  readonly summary: InstalledSummary;
}

/** The state of a host, for a comparison with another host. */
export interface ReadHost {
  readonly client: HostClient;
  readonly info: HostInfo;
  readonly summary: HostSummary;
  readonly plugins: ReadonlyMap<string, ReadPlugin>;
}

/** Reads all plugins of a host, their states and their registrations. Throws HostFailure. */
export async function readHost(client: HostClient): Promise<ReadHost> {
  const { info, plugins } = await listPlugins(client);
  const exported = has(info.version, 'exports-registrations')
    ? await client.exported()
    : NOTHING_EXPORTED;
  return {
    client,
    info,
    summary: hostSummary(client, info),
    plugins: new Map(plugins.map((listed) => [listed.plugin.name, readPlugin(listed, exported)])),
  };
}

function readPlugin({ plugin, health }: ListedPlugin, exported: HostExport): ReadPlugin {
  const registration = exported.registrations.get(plugin.name) ?? null;
  const present = { plugin, registration, health };
  const { record } = recordIn(exported.files, plugin.name);
  const digest = digestOnHost(plugin.name, registration, record);
  return { present, summary: installedSummary(present, digest) };
}
