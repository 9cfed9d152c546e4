import type { HostInfo, InstalledPlugin, Registration } from '../../client/answers.ts';
import type { HostClient } from '../../client/host-client.ts';
import { has } from '../../model/behaviours.ts';

/** What a host has of a plugin at this moment. */
export interface Now {
  readonly plugin: InstalledPlugin | null;
  /** Null where there is none, or where the host does not tell. */
  readonly registration: Registration | null;
}

/** Asks what a host has of a plugin. Throws HostFailure. */
export async function whatIsNow(client: HostClient, info: HostInfo, name: string): Promise<Now> {
  const plugin = await client.plugin(name);
  if (plugin === null || !has(info.version, 'exports-registrations'))
    return { plugin, registration: null };
  return { plugin, registration: (await client.registrations()).get(name) ?? null };
}
