import { type BigIntStats, lstatSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { platform } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection, type ConnectionHandlers, type Limits } from './connection.ts';
import { ConnectionClosed, DialFailed, SocketInUse, SocketPathTooLong } from './errors.ts';
import type { Protocol } from './frame.ts';

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

interface Acceptor {
  /** Closes every connection and removes the socket file; may be called again. */
  close(): Promise<void>;
}

/**
 * Listens and runs `protocol` on every connection. Throws SocketInUse, SocketPathTooLong, or the operating system's
 * error.
 */
export async function acceptPeers(
  path: string,
  protocol: Protocol,
  handlers: ConnectionHandlers,
  limits: Limits = {},
): Promise<Acceptor> {
  const connections = new Set<Connection>();
  const onClosed: ConnectionHandlers['onClosed'] = (reason, connection, opened) => {
    connections.delete(connection);
    handlers.onClosed(reason, connection, opened);
  };
  const accept = (socket: Socket) => {
    connections.add(new Connection(socket, protocol, { ...handlers, onClosed }, limits));
  };
  const server = await listenUnix(path, accept);
  return { close: () => closeAll(server, connections) };
}

async function closeAll(server: Server, connections: ReadonlySet<Connection>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const connection of connections) connection.close();
  await closed;
}

/**
 * Listens on a Unix socket. A socket file that a dead process left behind is replaced; a live listener or a file of
 * another kind is not changed. Closing the server removes the socket file. Throws SocketInUse, SocketPathTooLong, or
 * the operating system's error.
 */
export async function listenUnix(
  path: string,
  onSocket: (socket: Socket) => void,
): Promise<Server> {
  checkSocketPath(path);
  try {
    return await bind(path, onSocket);
  } catch (error) {
    if (!hasCode(error, 'EADDRINUSE')) throw error;
  }
  await removeStale(path);
  return bind(path, onSocket).catch((error: unknown) => {
    throw hasCode(error, 'EADDRINUSE') ? new SocketInUse(path, 'listener') : error;
  });
}

/** Throws SocketPathTooLong: some Node versions silently truncate such a path and listen elsewhere. */
function checkSocketPath(path: string): void {
  const limit = platform() === 'darwin' ? 103 : 107;
  if (Buffer.byteLength(path) > limit) throw new SocketPathTooLong(path, limit);
}

function bind(path: string, onSocket: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(onSocket);
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      // For example too many open files: only that connection is refused, the listener continues.
      server.on('error', () => undefined);
      resolve(server);
    });
  });
}

async function removeStale(path: string): Promise<void> {
  const before = lookAt(path);
  if (before === null) return;
  if (!before.isSocket()) throw new SocketInUse(path, 'file');
  if (await accepts(path)) throw new SocketInUse(path, 'listener');
  // Another process may replace the same path at this moment: only the file that was found dead is removed, without an
  // await between check and removal, and never a live socket that replaced it.
  const now = lookAt(path);
  if (now?.ino === before.ino && now.ctimeNs === before.ctimeNs) rmSync(path, { force: true });
}

function lookAt(path: string): BigIntStats | null {
  return lstatSync(path, { bigint: true, throwIfNoEntry: false }) ?? null;
}

function accepts(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const answer = (value: boolean) => () => {
      socket.destroy();
      resolve(value);
    };
    socket.once('connect', answer(true));
    // Only ECONNREFUSED proves that no process listens; another error, for example a missing permission, proves
    // nothing.
    socket.once('error', (error) => answer(!hasCode(error, 'ECONNREFUSED'))());
  });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
