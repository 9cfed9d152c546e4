import { acceptPeers, Dialer, type DialOptions } from './connecting.ts';
import type { Connection, ConnectionHandlers, Limits } from './connection.ts';
import { ConnectionClosed, ProtocolError } from './errors.ts';
import { PROTOCOL } from './frame.ts';
import type { Outbox } from './outbox.ts';

/** Frames that a closed connection did not send. */
class Frames {
  constructor(readonly bytes: Uint8Array) {}
}

/** The connections of a PUSH socket; distributes messages over those that accept them. */
class Lanes {
  readonly #connections: Connection[] = [];
  /** Messages that were sent while no connection accepted any. */
  readonly #held: (Body | Frames)[] = [];
  readonly #senders: Waiter<Outbox>[] = [];
  readonly #flushes: Waiter<void>[] = [];
  #room: Promise<void> | null = null;
  #makeRoom: () => void = () => undefined;
  #turn = 0;
  #closed = false;

  join(connection: Connection): void {
    this.#connections.push(connection);
    this.advance();
  }

  leave(connection: Connection): void {
    const place = this.#connections.indexOf(connection);
    if (place !== -1) this.#connections.splice(place, 1);
    const { rest } = connection.outbox;
    if (rest !== null) this.#held.unshift(new Frames(rest));
    this.advance();
  }

  offer(body: Body): Promise<void> | null {
    if (this.#closed) throw closed();
    if (this.#held.length > 0 || !this.#put(body)) this.#held.push(body);
    else if (this.#connections.some(isReady)) return null;
    this.#room ??= new Promise((resolve) => {
      this.#makeRoom = resolve;
    });
    return this.#room;
  }

  async send(body: Body, signal?: AbortSignal): Promise<void> {
    for (;;) {
      const outbox = await this.#take(signal);
      const outcome = outbox.write(body);
      if (outcome === 'under way') return outbox.idle();
      if (outcome !== 'taken') continue;
      this.advance();
      return;
    }
  }

  async flush(): Promise<void> {
    for (const { outbox } of this.#connections) outbox.flush();
    if (this.#isEmpty()) return;
    if (this.#closed) throw closed();
    await new Promise<void>((resolve, reject) => this.#flushes.push({ resolve, reject }));
  }

  close(): void {
    this.#closed = true;
    this.#held.length = 0;
    for (const waiter of [...this.#senders.splice(0), ...this.#flushes.splice(0)]) {
      waiter.reject(closed());
    }
    this.#endWait();
  }

  /** Called when a connection opened, closed or accepts more: sends waiting messages. */
  readonly advance = (): void => {
    while (this.#held[0] !== undefined && this.#put(this.#held[0])) this.#held.shift();
    if (this.#held.length > 0) return;
    const free = this.#senders.length > 0 ? this.#free() : null;
    if (free !== null) this.#senders.shift()?.resolve(free);
    if (this.#connections.some(isReady)) this.#endWait();
    if (this.#flushes.length > 0 && this.#isEmpty()) {
      for (const { resolve } of this.#flushes.splice(0)) resolve();
    }
  };

  /** Round-robin, so that every peer gets its share. */
  #put(body: Body | Frames): boolean {
    for (let tries = this.#connections.length; tries > 0; tries -= 1) {
      const outbox = this.#next();
      const put = body instanceof Frames ? outbox?.putFrames(body.bytes) : outbox?.put(body);
      if (put) return true;
    }
    return false;
  }

  #next(): Outbox | undefined {
    this.#turn = (this.#turn + 1) % this.#connections.length;
    return this.#connections[this.#turn]?.outbox;
  }

  #free(): Outbox | null {
    for (let tries = this.#connections.length; tries > 0; tries -= 1) {
      const outbox = this.#next();
      if (outbox?.free) return outbox;
    }
    return null;
  }

  #take(signal?: AbortSignal): Promise<Outbox> {
    if (this.#closed) return Promise.reject(closed());
    if (signal?.aborted) return Promise.reject(signal.reason);
    const free = this.#held.length + this.#senders.length === 0 ? this.#free() : null;
    return free === null ? this.#wait(signal) : Promise.resolve(free);
  }

  #wait(signal?: AbortSignal): Promise<Outbox> {
    return new Promise((resolve, reject) => {
      const abort = () => {
        this.#senders.splice(this.#senders.indexOf(waiter), 1);
        reject(signal?.reason);
      };
      const settled = () => signal?.removeEventListener('abort', abort);
      const waiter: Waiter<Outbox> = {
        resolve: (outbox) => {
          settled();
          resolve(outbox);
        },
        reject: (reason) => {
          settled();
          reject(reason);
        },
      };
      this.#senders.push(waiter);
      signal?.addEventListener('abort', abort);
    });
  }

  #isEmpty(): boolean {
    return this.#held.length === 0 && this.#connections.every(({ outbox }) => outbox.empty);
  }

  #endWait(): void {
    this.#room = null;
    this.#makeRoom();
  }
}

interface PushOptions extends Pick<Limits, 'helloTimeoutMs'> {
  readonly onConnect?: () => void;
  /** `reason` is null after a normal close, a ProtocolError after invalid bytes. */
  readonly onDisconnect?: (reason: Error | null) => void;
}

/**
 * A PUSH socket: each message goes to one of the peers, at most once. When a connection is lost, the bytes that its
 * peer had not yet read from the operating system's buffer are lost, and also the one write in progress: up to 64 KiB
 * of small messages, or one long one. All other messages go to the next connection, in order.
 */
export interface PushSocket {
  readonly path: string;
  /**
   * Takes the message at once. null: continue. A promise: wait for it before the next message (back-pressure); it never
   * rejects. Small messages are collected and written together, at the end of this event loop turn at the latest.
   * Without a peer the message is kept for the first one that connects. A binary body must not be changed until it is
   * written. Throws ConnectionClosed after `close`.
   */
  offer(body: Uint8Array | string): Promise<void> | null;
  /**
   * Waits for a peer that accepts messages, and resolves when the operating system took the whole message. Throws
   * ConnectionClosed when the connection closes during the write, or the signal's reason if it aborts before a peer
   * accepts the message.
   */
  send(body: Uint8Array | string, signal?: AbortSignal): Promise<void>;
  /** Resolves when the operating system took all messages sent so far; throws ConnectionClosed on `close`. */
  flush(): Promise<void>;
  /** Closes every connection, drops unsent messages, and removes the socket file if it listened. */
  close(): Promise<void>;
}

/**
 * Dials as PUSH: eKuiper for the rows to a sink, a plugin for the rows of its source (docs/wire.md#sockets). Resolves
 * once connected and reconnects automatically. Throws DialFailed when `options.signal` aborts the wait for the first
 * connection.
 */
export async function dialPush(path: string, options: DialOptions = {}): Promise<PushSocket> {
  const lanes = new Lanes();
  const dialer = new Dialer(path, PROTOCOL.push, options, laneHandlers(lanes));
  await dialer.start();
  return pushSocket(path, lanes, async () => dialer.close());
}

/** Listens as PUSH. Throws SocketInUse, SocketPathTooLong, or the operating system's error. */
export async function listenPush(path: string, options: PushOptions = {}): Promise<PushSocket> {
  const lanes = new Lanes();
  const acceptor = await acceptPeers(path, PROTOCOL.push, laneHandlers(lanes, options), options);
  return pushSocket(path, lanes, () => acceptor.close());
}

function laneHandlers(lanes: Lanes, options: PushOptions = {}): ConnectionHandlers {
  return {
    onOpen: (connection) => {
      lanes.join(connection);
      options.onConnect?.();
    },
    onMessage: refuseMessage,
    onIdle: lanes.advance,
    onClosed: (reason, connection, opened) => {
      if (!opened) return;
      lanes.leave(connection);
      options.onDisconnect?.(reason);
    },
  };
}

function pushSocket(path: string, lanes: Lanes, close: () => Promise<void>): PushSocket {
  return {
    path,
    offer: (body) => lanes.offer(body),
    send: (body, signal) => lanes.send(body, signal),
    flush: () => lanes.flush(),
    close: () => {
      lanes.close();
      return close();
    },
  };
}

function refuseMessage(): never {
  throw new ProtocolError('a PULL socket sent a message');
}

type Body = Uint8Array | string;

interface Waiter<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
}

function isReady(connection: Connection): boolean {
  return connection.outbox.ready;
}

function closed(): ConnectionClosed {
  return new ConnectionClosed('the socket is closed');
}
