import type { Connection } from './connection.ts';
import { ConnectionClosed } from './errors.ts';
import type { Outbox } from './outbox.ts';

type Body = Uint8Array | string;

/** Frames that a connection left behind when it broke. */
class Frames {
  constructor(readonly bytes: Uint8Array) {}
}

interface Waiter<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
}

/** The connections of a PUSH socket: spreads messages over those that take some. */
export class Lanes {
  readonly #connections: Connection[] = [];
  /** What was offered while nobody took anything. */
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

  /** A connection came, went or takes more than before: hands on what waits. */
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

  /** Takes turns, so that every peer gets its share. */
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

function isReady(connection: Connection): boolean {
  return connection.outbox.ready;
}

function closed(): ConnectionClosed {
  return new ConnectionClosed('the socket is closed');
}
