import type { Connection } from './connection.ts';
import { ConnectionClosed } from './errors.ts';

interface Waiter {
  readonly go: (connection: Connection) => void;
  readonly giveUp: (reason: unknown) => void;
}

/** The connections of a PUSH socket, one message at a time on each, senders served in order. */
export class Lanes {
  readonly #connected = new Set<Connection>();
  readonly #free: Connection[] = [];
  readonly #waiting: Waiter[] = [];
  #closed = false;

  join(connection: Connection): void {
    this.#connected.add(connection);
    this.#release(connection);
  }

  leave(connection: Connection): void {
    this.#connected.delete(connection);
    const place = this.#free.indexOf(connection);
    if (place !== -1) this.#free.splice(place, 1);
  }

  async send(body: Buffer, signal?: AbortSignal): Promise<void> {
    const connection = await this.#take(signal);
    await connection.send(body);
    this.#release(connection);
  }

  close(): void {
    this.#closed = true;
    this.#free.length = 0;
    const reason = new ConnectionClosed('the socket was closed');
    for (const waiter of this.#waiting.splice(0)) waiter.giveUp(reason);
  }

  #release(connection: Connection): void {
    if (!this.#connected.has(connection)) return;
    const waiter = this.#waiting.shift();
    if (waiter === undefined) this.#free.push(connection);
    else waiter.go(connection);
  }

  #take(signal?: AbortSignal): Promise<Connection> {
    if (this.#closed) return Promise.reject(new ConnectionClosed('the socket is closed'));
    if (signal?.aborted) return Promise.reject(signal.reason);
    const connection = this.#free.shift();
    return connection ? Promise.resolve(connection) : this.#wait(signal);
  }

  #wait(signal?: AbortSignal): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const abort = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        waiter.giveUp(signal?.reason);
      };
      const settle = () => signal?.removeEventListener('abort', abort);
      const waiter: Waiter = {
        go: (connection) => {
          settle();
          resolve(connection);
        },
        giveUp: (reason) => {
          settle();
          reject(reason);
        },
      };
      this.#waiting.push(waiter);
      signal?.addEventListener('abort', abort);
    });
  }
}
