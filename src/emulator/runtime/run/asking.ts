import type { ReplyQueue } from '../../../sp/reply-queue.ts';
import { OneAtATime } from '../one-at-a-time.ts';

export interface Timeouts {
  /** Timeout of each step, milliseconds; none when absent. */
  readonly timeoutMs?: number;
  /** Its reason is thrown when it aborts. */
  readonly signal?: AbortSignal;
}

export interface AskerOptions {
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

/** eKuiper recognizes a handshake by its first letter (docs/wire.md#request-and-reply). */
const HANDSHAKE = 'h'.charCodeAt(0);

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
