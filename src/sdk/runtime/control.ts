import type { Plugin } from './environment.ts';
import { type HostChannel, openHostChannel } from './host-channel.ts';

const ORPHAN_MS = 100;

/**
 * Serves the control connection. A lost connection is dialled again for `limits.hostMs`, unless the process that
 * started the plugin has ended: then the host has ended too, the next host starts its own plugin process, and an orphan
 * must not interfere with its calls. Throws DialFailed.
 */
export async function serveControl(
  plugin: Plugin,
  answer: (request: Buffer) => Promise<string>,
): Promise<HostChannel> {
  const { limits } = plugin;
  const log = plugin.logOf('control');
  let timeouts: NodeJS.Timeout | undefined;
  const endIfOrphan = () => {
    if (plugin.isOrphan()) plugin.onLost('the host that started this plugin is gone');
  };
  return openHostChannel(`${plugin.socketFolder}/plugin_${plugin.name}.ipc`, {
    answer,
    signal: AbortSignal.timeout(limits.hostMs),
    onConnect: () => {
      clearTimeout(timeouts);
      endIfOrphan();
      log.info('connected to the host');
    },
    onDisconnect: () => {
      log.warn('the connection to the host is closed; dialling again');
      // The end of the host process is visible shortly after its connections close.
      setTimeout(endIfOrphan, ORPHAN_MS).unref();
      const why = `no host for ${limits.hostMs / 1000} s`;
      timeouts = setTimeout(() => plugin.onLost(why), limits.hostMs);
    },
  });
}
