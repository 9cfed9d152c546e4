import { acceptPeers } from './connecting.ts';
import type { Connection, ConnectionHandlers, Limits } from './connection.ts';
import { Deadline } from './deadline.ts';
import { ConnectionClosed, ReceiveTimedOut, RequestNotOpen } from './errors.ts';
import { PROTOCOL, requestIdBytes } from './frame.ts';

interface ReplyQueueOptions extends Limits {
  readonly onConnect?: () => void;
  /** `reason` is null after a normal close, a ProtocolError after invalid bytes. */
  readonly onDisconnect?: (reason: Error | null) => void;
  /** A peer sent invalid bytes, before or after its hello; its connection is closed already. */
  readonly onFault?: (reason: Error) => void;
}

/**
 * A REP socket that behaves as in mangos, the library that eKuiper uses: the requests of all peers share one queue, and
 * an answer goes to the peer whose request was received last. So with two peers the answers can be mixed up exactly as
 * in eKuiper (docs/ekuiper.md#workaround-in-the-plugin).
 */
export interface ReplyQueue {
  readonly path: string;
  /** Number of connected peers. */
  readonly peers: number;
  /** The request that {@link receive} would return at once; null when the queue is empty. */
  readonly next: Buffer | null;
  /**
   * Takes the next request, first in first out, and makes it the current one; an earlier request can then no longer be
   * answered. The request of a disconnected peer stays in the queue. Only one call at a time. Throws ReceiveTimedOut
   * (the current request stays), the signal's reason, or ConnectionClosed after `close`.
   */
  receive(timeoutMs?: number, signal?: AbortSignal): Promise<Buffer>;
  /**
   * Answers the current request, once; resolves when the operating system took the whole answer, and also when the peer
   * is disconnected (the answer is dropped then, as in mangos). Rejects with RequestNotOpen when there is no current
   * request: mangos calls that `incorrect protocol state`.
   */
  send(body: Uint8Array | string): Promise<void>;
  /** Closes every connection and removes the socket file; may be called again. */
  close(): Promise<void>;
}

/** Listens. Throws SocketInUse, SocketPathTooLong, or the operating system's error. */
export async function listenReplyQueue(
  path: string,
  options: ReplyQueueOptions = {},
): Promise<ReplyQueue> {
  const queue = new RequestQueue();
  let peers = 0;
  const handlers: ConnectionHandlers = {
    onOpen: () => {
      peers += 1;
      options.onConnect?.();
    },
    onMessage: (message, connection) => queue.put(new Received(connection, message)),
    onClosed: (reason, _connection, opened) => {
      if (reason !== null) options.onFault?.(reason);
      if (!opened) return;
      peers -= 1;
      options.onDisconnect?.(reason);
    },
  };
  const acceptor = await acceptPeers(path, PROTOCOL.rep, handlers, options);
  return {
    path,
    get peers() {
      return peers;
    },
    get next() {
      return queue.next;
    },
    receive: (timeoutMs, signal) => queue.receive(timeoutMs, signal),
    send: (body) => queue.send(body),
    close: () => {
      queue.close();
      return acceptor.close();
    },
  };
}

/** A request and the connection for its answer. */
class Received {
  readonly ids: Buffer;
  readonly body: Buffer;
  /** Called when the request was received: its peer may send the next one. */
  taken: () => void = () => undefined;

  constructor(
    readonly connection: Connection,
    message: Buffer,
  ) {
    const end = requestIdBytes(message);
    this.ids = message.subarray(0, end);
    this.body = message.subarray(end);
  }
}

interface Waiter {
  readonly resolve: (body: Buffer) => void;
  readonly reject: (reason: unknown) => void;
}

class RequestQueue {
  readonly #requests: Received[] = [];
  readonly #deadline = new Deadline(() => this.#abandon(new ReceiveTimedOut(this.#timeoutMs)));
  #timeoutMs = 0;
  #waiter: Waiter | null = null;
  #current: Received | null = null;
  #closed = false;
  #signal: AbortSignal | undefined;
  readonly #onAbort = (): void => this.#abandon(this.#signal?.reason);

  get next(): Buffer | null {
    return this.#requests[0]?.body ?? null;
  }

  /** The promise is the back-pressure: each peer has at most one request in the queue. */
  put(request: Received): Promise<void> | undefined {
    const waiter = this.#waiter;
    if (waiter !== null) {
      this.#endWait();
      this.#current = request;
      waiter.resolve(request.body);
      return;
    }
    this.#requests.push(request);
    return new Promise((resolve) => {
      request.taken = resolve;
    });
  }

  receive(timeoutMs?: number, signal?: AbortSignal): Promise<Buffer> {
    if (this.#closed) return Promise.reject(closed());
    if (this.#waiter !== null) return Promise.reject(new Error('receive is under way already'));
    if (signal?.aborted) return Promise.reject(signal.reason);
    const request = this.#requests.shift();
    if (request === undefined) return this.#wait(timeoutMs, signal);
    this.#current = request;
    request.taken();
    return Promise.resolve(request.body);
  }

  send(body: Uint8Array | string): Promise<void> {
    const request = this.#current;
    if (this.#closed) return Promise.reject(closed());
    if (request === null)
      return Promise.reject(new RequestNotOpen('no request waits for an answer'));
    this.#current = null;
    return request.connection.outbox.post(body, request.ids).catch(dropped);
  }

  close(): void {
    this.#closed = true;
    this.#requests.length = 0;
    this.#abandon(closed());
    this.#watch();
    this.#deadline.close();
  }

  #wait(timeoutMs?: number, signal?: AbortSignal): Promise<Buffer> {
    if (timeoutMs !== undefined) this.#limit(timeoutMs);
    this.#watch(signal);
    return new Promise((resolve, reject) => {
      this.#waiter = { resolve, reject };
    });
  }

  // Most waits use the same signal as the wait before: one listener is added to it, not one per wait.
  #watch(signal?: AbortSignal): void {
    if (signal === this.#signal) return;
    this.#signal?.removeEventListener('abort', this.#onAbort);
    this.#signal = signal;
    signal?.addEventListener('abort', this.#onAbort);
  }

  #limit(timeoutMs: number): void {
    this.#timeoutMs = timeoutMs;
    this.#deadline.set(timeoutMs);
  }

  #abandon(reason: unknown): void {
    const waiter = this.#waiter;
    this.#endWait();
    waiter?.reject(reason);
  }

  #endWait(): void {
    this.#waiter = null;
    this.#deadline.clear();
  }
}

function dropped(error: unknown): void {
  if (!(error instanceof ConnectionClosed)) throw error;
}

function closed(): ConnectionClosed {
  return new ConnectionClosed('the socket is closed');
}
