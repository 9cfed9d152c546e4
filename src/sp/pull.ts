import { acceptPeers, Dialer, type DialOptions } from './connecting.ts';
import type { ConnectionHandlers, Limits } from './connection.ts';
import { PROTOCOL } from './frame.ts';

/**
 * Passes values from any number of producers to one consumer; each producer waits until its value is taken, which
 * creates back-pressure on a connection.
 */
export class Handoff<T> implements AsyncIterable<T> {
  readonly #offers: { readonly value: T; readonly taken: () => void }[] = [];
  #wake: () => void = () => undefined;
  #ended = false;

  /** Resolves when the value was taken, or when the iteration has ended. */
  put(value: T): Promise<void> {
    if (this.#ended) return Promise.resolve();
    return new Promise((taken) => {
      this.#offers.push({ value, taken });
      this.#wake();
    });
  }

  /** Ends the iteration; values that were not taken are dropped. */
  end(): void {
    this.#ended = true;
    for (const offer of this.#offers.splice(0)) offer.taken();
    this.#wake();
  }

  /** Leaving the loop does not end the iteration: a later loop continues with the next value. */
  [Symbol.asyncIterator](): AsyncIterator<T> {
    return { next: () => this.#next() };
  }

  async #next(): Promise<IteratorResult<T>> {
    while (!this.#ended) {
      const offer = this.#offers.shift();
      if (offer) {
        offer.taken();
        return { done: false, value: offer.value };
      }
      await new Promise<void>((wake) => {
        this.#wake = wake;
      });
    }
    return { done: true, value: undefined };
  }
}

/**
 * Called for every message in place of the iteration; a returned promise pauses reading from that peer until it
 * resolves. An error that it throws closes that peer's connection.
 */
export type OnMessage = (body: Buffer) => void | Promise<void>;

interface PullOptions extends Limits {
  readonly onMessage?: OnMessage;
  readonly onConnect?: () => void;
  /** `reason` is null after a normal close, a ProtocolError after invalid bytes. */
  readonly onDisconnect?: (reason: Error | null) => void;
}

/**
 * A PULL socket: iterate over it to get the messages, or pass `onMessage`, which is faster. Nothing is read ahead
 * except the rest of the 64 KiB chunk that holds the present message. A short message is a view of that chunk: copy it
 * to keep it for long.
 */
export interface PullSocket extends AsyncIterable<Buffer> {
  readonly path: string;
  /** Ends the iteration, closes every connection, and removes the socket file if it listened. */
  close(): Promise<void>;
}

/**
 * Listens as PULL: eKuiper for the rows of a source, a plugin for the rows to its sink (docs/wire.md#sockets). Throws
 * SocketInUse, SocketPathTooLong, or the operating system's error.
 */
export async function listenPull(path: string, options: PullOptions = {}): Promise<PullSocket> {
  const messages = new Handoff<Buffer>();
  const handlers = pullHandlers(messages, options);
  const acceptor = await acceptPeers(path, PROTOCOL.pull, handlers, options);
  return pullSocket(path, messages, () => acceptor.close());
}

/**
 * Dials as PULL; resolves once connected and reconnects automatically. Throws DialFailed when `options.signal` aborts
 * the wait for the first connection.
 */
export async function dialPull(
  path: string,
  options: DialOptions & { readonly onMessage?: OnMessage } = {},
): Promise<PullSocket> {
  const messages = new Handoff<Buffer>();
  const { onMessage } = options;
  const handlers = pullHandlers(messages, { ...(onMessage && { onMessage }) });
  const dialer = new Dialer(path, PROTOCOL.pull, options, handlers);
  await dialer.start();
  return pullSocket(path, messages, async () => dialer.close());
}

function pullHandlers(messages: Handoff<Buffer>, options: PullOptions): ConnectionHandlers {
  return {
    onOpen: () => options.onConnect?.(),
    onMessage: options.onMessage ?? ((body) => messages.put(body)),
    onClosed: (reason, _connection, opened) => {
      if (opened) options.onDisconnect?.(reason);
    },
  };
}

function pullSocket(
  path: string,
  messages: Handoff<Buffer>,
  close: () => Promise<void>,
): PullSocket {
  return {
    path,
    [Symbol.asyncIterator]: () => messages[Symbol.asyncIterator](),
    close: () => {
      messages.end();
      return close();
    },
  };
}
