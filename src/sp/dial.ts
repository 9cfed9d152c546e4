import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection, type ConnectionHandlers, type Limits } from './connection.ts';
import { ConnectionClosed, DialFailed } from './errors.ts';
import type { Protocol } from './frame.ts';
import { checkSocketPath } from './listen.ts';

export interface DialOptions extends Limits {
  /** Aborts the wait for the first connection; after it, only `close` ends the retries. */
  readonly signal?: AbortSignal;
  /** Pause after the first failed attempt, in milliseconds; doubles up to `maxDelayMs`. */
  readonly firstDelayMs?: number;
  readonly maxDelayMs?: number;
  /** Waits between two attempts; rejects when the signal aborts. Uses timers by default. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<unknown>;
  readonly onConnect?: () => void;
  /** `reason` is null after a normal close. */
  readonly onDisconnect?: (reason: Error | null) => void;
}

const FIRST_DELAY_MS = 10;
const MAX_DELAY_MS = 1000;

/** Keeps one connection to a listener: connects, and reconnects with growing pauses. */
export class Dialer {
  readonly #path: string;
  readonly #protocol: Protocol;
  readonly #options: DialOptions;
  readonly #handlers: ConnectionHandlers;
  readonly #stop = new AbortController();
  #socket: Socket | null = null;
  #lastFailure: Error = new ConnectionClosed('no connection was accepted');

  constructor(
    path: string,
    protocol: Protocol,
    options: DialOptions,
    handlers: ConnectionHandlers,
  ) {
    checkSocketPath(path);
    this.#path = path;
    this.#protocol = protocol;
    this.#options = options;
    this.#handlers = handlers;
  }

  /** Resolves with the first connection. Throws DialFailed when the signal aborts or `close` is called before it. */
  start(): Promise<void> {
    const { signal } = this.#options;
    const abandon = () => this.close();
    if (signal?.aborted) this.close();
    signal?.addEventListener('abort', abandon, { once: true });
    return new Promise<void>((resolve, reject) => {
      void this.#run(resolve).then(() => reject(new DialFailed(this.#path, this.#lastFailure)));
    }).finally(() => signal?.removeEventListener('abort', abandon));
  }

  /** Closes the connection and stops reconnecting; may be called again. */
  close(): void {
    this.#stop.abort();
    this.#socket?.destroy();
  }

  async #run(onOpen: () => void): Promise<void> {
    const {
      firstDelayMs = FIRST_DELAY_MS,
      maxDelayMs = MAX_DELAY_MS,
      pause = timerPause,
    } = this.#options;
    const { signal } = this.#stop;
    let delay = firstDelayMs;
    while (!signal.aborted) {
      const opened = await this.#connectOnce(onOpen);
      if (opened) delay = firstDelayMs;
      if (!signal.aborted) await pause(delay, signal).catch(() => null);
      delay = Math.min(delay * 2, maxDelayMs);
    }
  }

  /** Resolves when the connection closed or failed; true when the peer had sent its hello. */
  #connectOnce(onOpen: () => void): Promise<boolean> {
    return new Promise((resolve) => {
      const handlers: ConnectionHandlers = {
        ...this.#handlers,
        onOpen: (connection) => {
          this.#handlers.onOpen(connection);
          this.#options.onConnect?.();
          onOpen();
        },
        onClosed: (reason, connection, opened) => {
          if (reason !== null) this.#lastFailure = reason;
          this.#handlers.onClosed(reason, connection, opened);
          if (opened) this.#options.onDisconnect?.(reason);
          resolve(opened);
        },
      };
      const fail = (error: Error) => {
        this.#lastFailure = error;
      };
      const gone = () => resolve(false);
      const socket = connect(this.#path);
      this.#socket = socket;
      socket.once('error', fail);
      socket.once('close', gone);
      socket.once('connect', () => {
        // The connection handles errors and the close from here on; an error handler is attached at every moment.
        socket.off('error', fail);
        socket.off('close', gone);
        new Connection(socket, this.#protocol, handlers, this.#options);
      });
    });
  }
}

function timerPause(ms: number, signal: AbortSignal): Promise<unknown> {
  return sleep(ms, null, { signal });
}
