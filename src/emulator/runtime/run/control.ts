import { join } from 'node:path';
import { listenReplyQueue } from '../../../sp/reply-queue.ts';
import { Asker, type Timeouts } from './asking.ts';
import { listenOr } from './listening.ts';

/** The control channel of one plugin: eKuiper listens, the plugin connects and sends `handshake`. */
export interface ControlChannel {
  readonly path: string;
  /** Resolves on the plugin's first handshake; stays pending when none comes. */
  readonly handshake: Promise<void>;
  /** Whether anything ever connected: tells a wrong plugin name from a plugin that hangs. */
  readonly wasDialled: boolean;
  /** The error of the last bytes that were not the protocol; null when there were none. */
  readonly fault: Error | null;
  /** Waits for the next handshake, which another process sends. */
  nextHandshake(timeouts: Timeouts): Promise<void>;
  /** Sends a command after the handshake and returns the answer; see {@link Asker.ask}. */
  ask(question: string, timeouts: Timeouts): Promise<Buffer>;
  close(): Promise<void>;
}

export interface ControlOptions {
  /** From eKuiper 2.1.3 on a repeated handshake is no answer. */
  readonly skipsHandshakes: boolean;
  /** Called with the number of connections after each change. */
  readonly onPeers?: (peers: number) => void;
  /** Called with an unrequested message of the plugin. */
  readonly onDiscard?: (body: Buffer) => void;
}

/** The path of a plugin's control socket; a real plugin connects to it in /tmp. */
export function controlPath(folder: string, plugin: string): string {
  return join(folder, `plugin_${plugin}.ipc`);
}

/** Listens for a plugin's handshake. Throws HostRefusal when the socket cannot be opened. */
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
    // Closed before a handshake came: stop waiting.
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
