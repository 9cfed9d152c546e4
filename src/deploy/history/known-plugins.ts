import type { HostClient } from '../../client/host-client.ts';
import { has } from '../../model/behaviours.ts';
import { recordedPlugin } from '../record/record.ts';
import { parseUploadName, uploadNameOf } from '../record/upload-name.ts';

/**
 * Returns the names of the plugins that kplugin put on a host, sorted: those with a record, and those registered from
 * an upload with a name that kplugin gave. Throws HostFailure.
 */
export async function knownPlugins(client: HostClient): Promise<readonly string[]> {
  const { version } = await client.info();
  if (!has(version, 'exports-registrations')) return [];
  const { files, registrations } = await client.exported();
  const recorded = [...files.keys()].flatMap((file) => recordedPlugin(file) ?? []);
  const registered = [...registrations.values()]
    .filter(({ name, file }) => parseUploadName(uploadNameOf(file), name) !== null)
    .map(({ name }) => name);
  return [...new Set([...recorded, ...registered])].sort();
}
