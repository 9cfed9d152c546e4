import { type Conversation, converse } from './conversation.ts';
import type { Plugin } from './environment.ts';

const ORPHAN_MS = 100;

/**
 * The control connection. One that is lost is dialled again for `limits.hostMs`, unless the process that started the plugin is gone:
 * then the host is, and the next one starts a plugin of its own, with whose calls an orphan must not interfere.
 * Throws DialFailed.
 */
export async function serveControl(
  plugin: Plugin,
  answer: (question: Buffer) => Promise<string>,
): Promise<Conversation> {
  const { limits } = plugin;
  const log = plugin.logOf('control');
  let timeouts: NodeJS.Timeout | undefined;
  const endIfOrphan = () => {
    if (plugin.isOrphan()) plugin.onLost('the host that started this plugin is gone');
  };
  return converse(`${plugin.socketFolder}/plugin_${plugin.name}.ipc`, {
    answer,
    signal: AbortSignal.timeout(limits.hostMs),
    onConnect: () => {
      clearTimeout(timeouts);
      endIfOrphan();
      log.info('connected to the host');
    },
    onDisconnect: () => {
      log.warn('the connection to the host is closed; dialling again');
      // Its death is known a moment after the end of its connections.
      setTimeout(endIfOrphan, ORPHAN_MS).unref();
      const why = `no host for ${limits.hostMs / 1000} s`;
      timeouts = setTimeout(() => plugin.onLost(why), limits.hostMs);
    },
  });
}
