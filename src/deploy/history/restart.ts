import { EXIT, KpluginError } from '../../model/error.ts';
import type { HostClient } from '../client/host-client.ts';
import { parseUploadName, uploadNameOf } from '../install/upload-name.ts';
import { describePlugin, type PluginDescription } from '../plugins/describe.ts';
import { type RegisterAgainEffects, type RegisteredAgain, registerAgain } from './rollback.ts';

/**
 * Starts a plugin again by registering what is registered: the only way on every eKuiper to bring one back that
 * crashed (real-servers.md N18). Throws exit 3 when the host does not tell what it was installed from.
 */
export async function restartPlugin(
  client: HostClient,
  name: string,
  effects: RegisterAgainEffects,
): Promise<RegisteredAgain> {
  const { plugin, registration, info } = await describePlugin(client, name);
  if (registration === null) throw unknownOrigin(name, info, client.address.label);
  const digest = parseUploadName(uploadNameOf(registration.file), name)?.digest ?? '';
  return registerAgain(client, name, { registration, version: plugin.version, digest }, effects);
}

function unknownOrigin(
  name: string,
  { version, features }: PluginDescription['info'],
  host: string,
): KpluginError {
  return new KpluginError({
    code: 'origin-unknown',
    exit: EXIT.host,
    message: `${name} cannot be restarted on ${host}: the host does not tell what it was installed from`,
    reason: features.export
      ? 'it was put into the folder of plugins by hand, or came with the image; registering its package is the only way to start it again'
      : `eKuiper ${version} keeps that to itself (it is told from 1.8 on)`,
    hint: `install its package: kplugin install <zip> --host ${host}`,
  });
}
