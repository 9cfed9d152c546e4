import type { HostInfo, InstalledPlugin } from '../client/answers.ts';
import type { HostClient } from '../client/host-client.ts';
import { type Health, healthOf } from './health.ts';

export interface ListedPlugin {
  readonly plugin: InstalledPlugin;
  readonly health: Health;
}

export interface PluginList {
  readonly info: HostInfo;
  /** Sorted by name. */
  readonly plugins: readonly ListedPlugin[];
}

/** How many statuses are asked for at once. */
const AT_ONCE = 8;

/** The plugins of a host, each with how it is. Throws HostFailure. */
export async function listPlugins(client: HostClient): Promise<PluginList> {
  const info = await client.info();
  const plugins = await client.plugins();
  const listed: ListedPlugin[] = [];
  for (let first = 0; first < plugins.length; first += AT_ONCE) {
    const some = plugins.slice(first, first + AT_ONCE);
    listed.push(...(await Promise.all(some.map((plugin) => withHealth(client, info, plugin)))));
  }
  return { info, plugins: listed };
}

async function withHealth(
  client: HostClient,
  info: HostInfo,
  plugin: InstalledPlugin,
): Promise<ListedPlugin> {
  const status = info.features.status ? await client.status(plugin.name) : null;
  return { plugin, health: healthOf(status, info) };
}
