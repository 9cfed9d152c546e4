import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { SocketInUse } from '../../sp/errors.ts';
import { listenPull, type OnMessage, type PullSocket } from '../../sp/pull.ts';

/** How long to wait for a socket that its last user is still closing; the same time as in eKuiper's SDKs. */
const TRIES = 20;
const PAUSE_MS = 50;
/** When a connected host sends nothing for this time, everything has been received. */
const QUIET_MS = 200;
const LOOK_MS = 10;

/** The PULL socket on which a sink gets its rows. */
export class Inbox {
  readonly #onMessage: OnMessage;
  #pull: PullSocket | null = null;
  #peers = 0;
  #lastMessage = 0;

  /** Throws SocketInUse, SocketPathTooLong, or the operating system's error. */
  static async listen(path: string, onMessage: OnMessage): Promise<Inbox> {
    const inbox = new Inbox(onMessage);
    for (let tries = 1; ; tries += 1) {
      try {
        await inbox.#open(path);
        return inbox;
      } catch (error) {
        if (!(error instanceof SocketInUse) || tries === TRIES) throw error;
      }
      await sleep(PAUSE_MS);
    }
  }

  private constructor(onMessage: OnMessage) {
    this.#onMessage = onMessage;
  }

  /**
   * Resolves when everything is read that the host had sent before `stop`: eKuiper closes the connection first. Waits
   * at most `ms`.
   */
  async drained(ms: number): Promise<void> {
    // A connection that was opened just now must still be accepted, exchange its hello and be read.
    for (let turns = 0; turns < 5; turns += 1) await turn();
    const begin = performance.now();
    this.#lastMessage = begin;
    while (this.#peers > 0) {
      const now = performance.now();
      if (now - begin > ms || now - this.#lastMessage > QUIET_MS) return;
      await sleep(LOOK_MS);
    }
  }

  async close(): Promise<void> {
    await this.#pull?.close();
  }

  async #open(path: string): Promise<void> {
    this.#pull = await listenPull(path, {
      onMessage: (body) => {
        this.#lastMessage = performance.now();
        return this.#onMessage(body);
      },
      onConnect: () => {
        this.#peers += 1;
      },
      onDisconnect: () => {
        this.#peers -= 1;
      },
    });
  }
}
