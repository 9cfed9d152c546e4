import type { HostInfo, InstalledPlugin, Registration } from '../client/answers.ts';
import type { HostClient } from '../client/host-client.ts';
import { findPlugin } from './find.ts';
import { type Health, healthOf } from './health.ts';

export interface PluginDescription {
  readonly info: HostInfo;
  readonly plugin: InstalledPlugin;
  readonly health: Health;
  /** What was posted to install it; null where the host does not tell. */
  readonly registration: Registration | null;
}

/** Everything a host tells about one plugin. Throws HostFailure, or exit 3 when it has none of that name. */
export async function describePlugin(client: HostClient, name: string): Promise<PluginDescription> {
  const { info, plugin, health } = await pluginStatus(client, name);
  const registrations = info.features.export ? await client.registrations() : new Map();
  return { info, plugin, health, registration: registrations.get(name) ?? null };
}

/** How one plugin is. Throws HostFailure, or exit 3 when the host has none of that name. */
export async function pluginStatus(
  client: HostClient,
  name: string,
): Promise<Omit<PluginDescription, 'registration'>> {
  const plugin = await findPlugin(client, name);
  const info = await client.info();
  const status = info.features.status ? await client.status(name) : null;
  return { info, plugin, health: healthOf(status, info) };
}
