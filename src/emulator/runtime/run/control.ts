import { join } from 'node:path';
import { listenReplyQueue, type ReplyQueue } from '../../../sp/reply-queue.ts';
import { listenOr } from './symbol-sockets.ts';

/** eKuiper recognizes a handshake by its first letter (docs/wire.md#request-and-reply). */
const HANDSHAKE = 'h'.charCodeAt(0);

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

interface ControlOptions {
  /** From eKuiper 2.1.3 on a repeated handshake is no answer. */
  readonly skipsHandshakes: boolean;
  /** Called with the number of connections after each change. */
  readonly onPeers?: (peers: number) => void;
  /** Called with an unrequested message of the plugin. */
  readonly onDiscard?: (body: Buffer) => void;
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

/** The path of a plugin's control socket; a real plugin connects to it in /tmp. */
function controlPath(folder: string, plugin: string): string {
  return join(folder, `plugin_${plugin}.ipc`);
}

interface Timeouts {
  /** Timeout of each step, milliseconds; none when absent. */
  readonly timeoutMs?: number;
  /** Its reason is thrown when it aborts. */
  readonly signal?: AbortSignal;
}

interface AskerOptions {
  /** False before eKuiper 2.1.3 on the control channel: there a handshake counts as an answer. */
  readonly skipsHandshakes?: boolean;
  /** Called with an unrequested message, which is dropped. */
  readonly onDiscard?: (body: Buffer) => void;
  /**
   * Called when an answer arrives before its request: from then on each answer belongs to the previous request, as in
   * eKuiper.
   */
  readonly onEarly?: (body: Buffer) => void;
}

/** Nothing could be sent: the plugin had no request open, and none came before the timeout. */
export class NothingToAnswer extends Error {
  override name = 'NothingToAnswer';
}

/**
 * Sends requests over a reply socket: the plugin's last request is held open until the host has something to send, and
 * the plugin's next request is the answer. One request at a time. Source: SendCmd and Req of
 * portable/runtime/connection.go.
 */
export class Asker {
  readonly #socket: ReplyQueue;
  readonly #options: AskerOptions;
  readonly #turns = new OneAtATime();
  /** Whether a received request was not answered yet. */
  #isOpen = false;

  constructor(socket: ReplyQueue, options: AskerOptions = {}) {
    this.#socket = socket;
    this.#options = options;
  }

  /** Waits for the plugin's next handshake; other messages before it are dropped. */
  handshake(timeouts: Timeouts): Promise<void> {
    return this.#turns.run(async () => {
      for (;;) {
        const body = await this.#receive(timeouts);
        if (body[0] === HANDSHAKE) return;
      }
    });
  }

  /**
   * Returns the answer to a request. Throws ReceiveTimedOut, NothingToAnswer when the request could not be sent,
   * ConnectionClosed after the socket was closed.
   */
  ask(question: string, timeouts: Timeouts): Promise<Buffer> {
    return this.#turns.run(() => this.#ask(question, timeouts));
  }

  /**
   * For a dead plugin: whether its last request was still open. eKuiper answers such a request, and the answer is
   * lost.
   */
  answerInVain(): boolean {
    const wasOpen = this.#isOpen;
    this.#isOpen = false;
    return wasOpen;
  }

  async #ask(question: string, timeouts: Timeouts): Promise<Buffer> {
    if (!this.#isOpen) await this.#awaitRequest(timeouts);
    const { next } = this.#socket;
    if (next !== null && next[0] !== HANDSHAKE) this.#options.onEarly?.(next);
    for (;;) {
      this.#isOpen = false;
      // The plugin has ended or does not read: the missing answer reports that.
      this.#socket.send(question).catch(() => undefined);
      const answer = await this.#receive(timeouts);
      if (answer[0] !== HANDSHAKE || this.#options.skipsHandshakes === false) return answer;
    }
  }

  async #awaitRequest(timeouts: Timeouts): Promise<void> {
    try {
      const body = await this.#receive(timeouts);
      if (body[0] !== HANDSHAKE) this.#options.onDiscard?.(body);
    } catch (cause) {
      if (timeouts.signal?.aborted) throw cause;
      throw new NothingToAnswer('receive time out', { cause });
    }
  }

  async #receive({ timeoutMs, signal }: Timeouts): Promise<Buffer> {
    const body = await this.#socket.receive(timeoutMs, signal);
    this.#isOpen = true;
    return body;
  }
}

/** Runs tasks one after the other, in the order of the calls; a failed task does not stop the next. */
export class OneAtATime {
  /** Settles after the last task; null when none is running. */
  #last: Promise<unknown> | null = null;

  /** Starts immediately when no task is running. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last === null ? task() : this.#last.then(task);
    const done = (): void => {
      if (this.#last === settled) this.#last = null;
    };
    const settled: Promise<void> = result.then(done, done);
    this.#last = settled;
    return result;
  }
}
