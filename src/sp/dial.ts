import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from './connection.ts';
import { ConnectionClosed, DialFailed } from './errors.ts';
import type { Protocol } from './frame.ts';
import { checkSocketPath } from './listen.ts';

export interface DialOptions {
  /** Gives up waiting for the first connection; later ones are tried until `close`. */
  readonly signal?: AbortSignal;
  /** Pause after the first failed try, in milliseconds; doubles up to `maxDelayMs`. */
  readonly firstDelayMs?: number;
  readonly maxDelayMs?: number;
  /** Longest message accepted, header included; a longer one closes the connection. */
  readonly maxMessageBytes?: number;
  readonly onConnect?: () => void;
  /** `reason` is null when a side simply closed. */
  readonly onDisconnect?: (reason: Error | null) => void;
}

export interface DialHandlers {
  readonly onOpen: (connection: Connection) => void;
  readonly onClosed: (connection: Connection) => void;
  readonly onMessage: (body: Buffer) => void | Promise<void>;
}

const FIRST_DELAY_MS = 10;
const MAX_DELAY_MS = 1000;

/** Keeps one connection to a listener: dials, and dials again with growing pauses. */
export class Dialer {
  readonly #path: string;
  readonly #protocol: Protocol;
  readonly #options: DialOptions;
  readonly #handlers: DialHandlers;
  readonly #stop = new AbortController();
  #socket: Socket | null = null;
  #lastFailure: Error = new ConnectionClosed('nobody answered');

  constructor(path: string, protocol: Protocol, options: DialOptions, handlers: DialHandlers) {
    checkSocketPath(path);
    this.#path = path;
    this.#protocol = protocol;
    this.#options = options;
    this.#handlers = handlers;
  }

  /** Resolves with the first connection. Throws DialFailed when the signal or `close` comes first. */
  start(): Promise<void> {
    const { signal } = this.#options;
    const giveUp = () => this.close();
    if (signal?.aborted) this.close();
    signal?.addEventListener('abort', giveUp, { once: true });
    return new Promise<void>((resolve, reject) => {
      void this.#run(resolve).then(() => reject(new DialFailed(this.#path, this.#lastFailure)));
    }).finally(() => signal?.removeEventListener('abort', giveUp));
  }

  /** Drops the connection and dials no more; may be called again. */
  close(): void {
    this.#stop.abort();
    this.#socket?.destroy();
  }

  async #run(onOpen: () => void): Promise<void> {
    const { firstDelayMs = FIRST_DELAY_MS, maxDelayMs = MAX_DELAY_MS } = this.#options;
    let delay = firstDelayMs;
    while (!this.#stop.signal.aborted) {
      await this.#connectOnce(() => {
        delay = firstDelayMs;
        onOpen();
      });
      await sleep(delay, null, { signal: this.#stop.signal }).catch(() => null);
      delay = Math.min(delay * 2, maxDelayMs);
    }
  }

  async #connectOnce(onOpen: () => void): Promise<void> {
    const socket = await this.#reach();
    if (socket === null) return;
    const connection = new Connection(socket, this.#protocol, this.#options.maxMessageBytes);
    let opened = false;
    const reason = await connection.read({
      onMessage: this.#handlers.onMessage,
      onOpen: () => {
        opened = true;
        this.#handlers.onOpen(connection);
        this.#options.onConnect?.();
        onOpen();
      },
    });
    if (reason !== null) this.#lastFailure = reason;
    if (!opened) return;
    this.#handlers.onClosed(connection);
    this.#options.onDisconnect?.(reason);
  }

  #reach(): Promise<Socket | null> {
    return new Promise((resolve) => {
      const socket = connect(this.#path);
      this.#socket = socket;
      const fail = (error: Error) => {
        this.#lastFailure = error;
        resolve(null);
      };
      socket.once('error', fail);
      socket.once('connect', () => {
        // From here on errors belong to the connection.
        socket.off('error', fail);
        resolve(socket);
      });
      socket.once('close', () => resolve(null));
    });
  }
}
