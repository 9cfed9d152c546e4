import { join } from 'node:path';
import { listenReplyQueue } from '../../../sp/reply-queue.ts';
import { Asker, type Timeouts } from './asking.ts';
import { listenOr } from './listening.ts';

/** The control channel of one plugin: eKuiper listens, the plugin dials and says `handshake`. */
export interface ControlChannel {
  readonly path: string;
  /** Resolves with the plugin's first handshake; never, when none comes. */
  readonly handshake: Promise<void>;
  /** Whether anybody ever connected: tells a wrong name from a plugin that hangs. */
  readonly wasDialled: boolean;
  /** What was wrong with the last bytes that were no protocol; null when there were none. */
  readonly fault: Error | null;
  /** Waits for a handshake after the first: of another process. */
  nextHandshake(timeouts: Timeouts): Promise<void>;
  /** The answer to a command, once there was a handshake; see {@link Asker.ask}. */
  ask(question: string, timeouts: Timeouts): Promise<Buffer>;
  close(): Promise<void>;
}

export interface ControlOptions {
  /** From eKuiper 2.1.3 on a repeated handshake is no answer. */
  readonly skipsHandshakes: boolean;
  /** How many are connected now; called after each change. */
  readonly onPeers?: (peers: number) => void;
  /** What the plugin said without having been asked. */
  readonly onDiscard?: (body: Buffer) => void;
}

/** The path of a plugin's control socket; a real plugin dials it in /tmp. */
export function controlPath(folder: string, plugin: string): string {
  return join(folder, `plugin_${plugin}.ipc`);
}

/** Listens for a plugin's handshake; throws HostRefusal when the socket cannot be had. */
export async function openControl(
  folder: string,
  plugin: string,
  options: ControlOptions,
): Promise<ControlChannel> {
  const path = controlPath(folder, plugin);
  let peers = 0;
  let dialled = false;
  let fault: Error | null = null;
  const changed = (by: number): void => {
    dialled = true;
    peers += by;
    options.onPeers?.(peers);
  };
  const listening = {
    path,
    words: "can't create new control channel",
    rival: 'a plugin of this name',
  };
  const socket = await listenOr(listening, () =>
    listenReplyQueue(path, {
      onConnect: () => {
        fault = null;
        changed(1);
      },
      onDisconnect: () => changed(-1),
      onFault: (reason) => {
        fault = reason;
      },
    }),
  );
  const asker = new Asker(socket, options);
  const handshake = new Promise<void>((resolve) => {
    // Closed before one came: then nobody waits for it any more.
    asker.handshake({}).then(resolve, () => undefined);
  });
  return {
    path,
    handshake,
    get wasDialled() {
      return dialled;
    },
    get fault() {
      return fault;
    },
    nextHandshake: (timeouts) => asker.handshake(timeouts),
    ask: (question, timeouts) => asker.ask(question, timeouts),
    close: () => socket.close(),
  };
}
