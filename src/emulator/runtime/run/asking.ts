import type { ReplyQueue } from '../../../sp/reply-queue.ts';
import { OneAtATime } from '../one-at-a-time.ts';

export interface Timeouts {
  /** For each thing that is waited for; for ever when absent. */
  readonly timeoutMs?: number;
  /** Its reason is thrown when it aborts. */
  readonly signal?: AbortSignal;
}

export interface AskerOptions {
  /** False before eKuiper 2.1.3 on the control channel: there a handshake counts as an answer. */
  readonly skipsHandshakes?: boolean;
  /** What came without having been asked for, and is thrown away. */
  readonly onDiscard?: (body: Buffer) => void;
  /** An answer was there before its question: from now on each one is that to the question before, as in eKuiper. */
  readonly onEarly?: (body: Buffer) => void;
}

/** Nothing was asked: the plugin had no request open, and none came in time. */
export class NothingToAnswer extends Error {
  override name = 'NothingToAnswer';
}

/** eKuiper recognises a handshake by its first letter (docs/wire.md#request-and-reply). */
const HANDSHAKE = 'h'.charCodeAt(0);

/**
 * Asks questions over a socket that answers: the plugin's last request is held open until there is something to ask,
 * and its next one is the answer. One question at a time. Source: SendCmd and Req of portable/runtime/connection.go.
 */
export class Asker {
  readonly #socket: ReplyQueue;
  readonly #options: AskerOptions;
  readonly #turns = new OneAtATime();
  /** Whether a request was received that has no answer yet. */
  #isOpen = false;

  constructor(socket: ReplyQueue, options: AskerOptions = {}) {
    this.#socket = socket;
    this.#options = options;
  }

  /** Waits for the plugin's next handshake; whatever else comes first is passed over. */
  handshake(timeouts: Timeouts): Promise<void> {
    return this.#turns.run(async () => {
      for (;;) {
        const body = await this.#receive(timeouts);
        if (body[0] === HANDSHAKE) return;
      }
    });
  }

  /**
   * The answer to a question. Throws ReceiveTimedOut, NothingToAnswer when even the question could not be asked,
   * ConnectionClosed after the socket was closed.
   */
  ask(question: string, timeouts: Timeouts): Promise<Buffer> {
    return this.#turns.run(() => this.#ask(question, timeouts));
  }

  /** The peer is dead: says whether a request of it was open still, which is answered in vain then, as in eKuiper. */
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
      // A peer that is gone or does not read: the answer that does not come says so.
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
