import { join } from 'node:path';
import { SocketInUse, SocketPathTooLong } from '../../sp/errors.ts';
import { listenReply, type ReplyListener } from '../../sp/reply.ts';
import { errnoWords, errorCode } from '../go-words.ts';
import { diagnosed, HostRefusal } from '../refusal.ts';

/** eKuiper recognises a handshake by its first letter (protocol.md §2). */
const HANDSHAKE = 'h'.charCodeAt(0);

/** The control channel of one plugin: eKuiper listens, the plugin dials and says `handshake`. */
export interface ControlChannel {
  readonly path: string;
  /** Resolves with the plugin's first handshake; never, when none comes. */
  readonly handshake: Promise<void>;
  /** Whether anybody ever connected: tells a wrong name from a plugin that hangs. */
  readonly wasDialled: boolean;
  close(): Promise<void>;
}

/** The path of a plugin's control socket; a real plugin dials it in /tmp. */
export function controlPath(folder: string, plugin: string): string {
  return join(folder, `plugin_${plugin}.ipc`);
}

/**
 * Listens for a plugin's handshake; throws HostRefusal when the socket cannot be had. `onSecondPeer`: somebody
 * connected while another was connected already.
 */
export async function openControl(
  folder: string,
  plugin: string,
  onSecondPeer: () => void,
): Promise<ControlChannel> {
  const path = controlPath(folder, plugin);
  let dialled = false;
  let peers = 0;
  let shake: () => void = () => undefined;
  const handshake = new Promise<void>((resolve) => {
    shake = resolve;
  });
  const listener = await listen(path, {
    onConnect: () => {
      dialled = true;
      peers += 1;
      if (peers > 1) onSecondPeer();
    },
    onDisconnect: () => {
      peers -= 1;
    },
    onRequest: ({ body }) => {
      if (body[0] === HANDSHAKE) shake();
    },
  });
  return {
    path,
    handshake,
    get wasDialled() {
      return dialled;
    },
    close: () => listener.close(),
  };
}

type ListenOptions = Parameters<typeof listenReply>[1];

async function listen(path: string, options: ListenOptions): Promise<ReplyListener> {
  try {
    return await listenReply(path, options);
  } catch (error) {
    throw new HostRefusal(refusalWords(path, error), { cause: error });
  }
}

function refusalWords(path: string, error: unknown): string {
  const words = (reason: string): string =>
    `can't create new control channel: listen unix ${path}: bind: ${reason}`;
  if (error instanceof SocketInUse) {
    return diagnosed(words('address already in use'), [
      error.by === 'listener'
        ? `kplugin: another process listens on ${path}: an eKuiper or a second "kplugin serve" runs a plugin of this name on this machine; remove it there first`
        : `kplugin: ${path} is in the way and no socket; move it away`,
    ]);
  }
  if (error instanceof SocketPathTooLong) {
    return diagnosed(words('invalid argument'), [
      `kplugin: the path of a socket may have ${error.limit} bytes; give the plugin a shorter name`,
    ]);
  }
  return words(errorCode(error) === '' ? String(error) : errnoWords(error));
}
