import type { Socket } from 'node:net';
import { FrameDecoder } from './decode.ts';
import { ProtocolError } from './errors.ts';
import { COUNTERPART, hello, type Protocol } from './frame.ts';
import { Outbox } from './outbox.ts';

/** What a connection puts up with; milliseconds and bytes. */
export interface Limits {
  /** Longest message accepted, request id included; a longer one closes the connection. */
  readonly maxMessageBytes?: number;
  /** A peer that has not said hello by then is dropped; 10 s. */
  readonly helloTimeoutMs?: number;
  /**
   * A peer that began a message of over 64 KiB and then says nothing for so long is dropped, and
   * the memory is free again; 60 s. The time in which nobody here reads does not count. Shorter
   * ones may wait: a plugin that stands in a debugger is not dropped.
   */
  readonly silenceTimeoutMs?: number;
}

export interface ConnectionHandlers {
  /** The peer said hello in the right protocol: messages may be sent from now on. */
  readonly onOpen: (connection: Connection) => void;
  /** A returned promise stops the reading until it resolves: that is the back-pressure. */
  readonly onMessage: (body: Buffer, connection: Connection) => void | Promise<void>;
  /** More may be sent than before. */
  readonly onIdle?: () => void;
  /** Comes once. `reason` is null when a side simply closed; `opened`: whether `onOpen` came. */
  readonly onClosed: (reason: Error | null, connection: Connection, opened: boolean) => void;
}

const HELLO_TIMEOUT_MS = 10_000;
const SILENCE_TIMEOUT_MS = 60_000;
/** A connection costs as much anyway. */
const HELD_BYTES = 64 * 1024;

/** One connected Unix socket that speaks framed messages. */
export class Connection {
  readonly outbox: Outbox;
  readonly #socket: Socket;
  readonly #protocol: Protocol;
  readonly #handlers: ConnectionHandlers;
  readonly #limits: Limits;
  readonly #decoder: FrameDecoder;
  #opened = false;
  #chunks = 0;
  #paused = false;
  /** We gave it up: nothing that came is delivered any more. */
  #dropped = false;
  #ended = false;
  #reason: Error | null = null;

  /**
   * Says hello at once; `socket` must be connected. What a handler throws closes the connection and
   * is the reason it is given.
   */
  constructor(socket: Socket, protocol: Protocol, handlers: ConnectionHandlers, limits: Limits) {
    this.#socket = socket;
    this.#protocol = protocol;
    this.#handlers = handlers;
    this.#limits = limits;
    this.#decoder = new FrameDecoder(limits.maxMessageBytes);
    this.outbox = new Outbox(socket, () => handlers.onIdle?.());
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('timeout', () => this.#silence());
    socket.on('error', (error) => {
      if (!isPlainEnd(error)) this.#reason ??= error;
    });
    socket.on('end', () => socket.destroy());
    socket.on('close', () => this.#end());
    socket.setTimeout(limits.helloTimeoutMs ?? HELLO_TIMEOUT_MS);
    socket.write(hello(protocol));
  }

  /** Drops the connection at once; may be called again. */
  close(): void {
    if (this.#dropped) return;
    this.#dropped = true;
    this.#socket.destroy();
    if (this.#ended) this.#finish();
  }

  #take(chunk: Buffer): void {
    this.#chunks += 1;
    this.#decoder.feed(chunk);
    this.#drain();
  }

  #drain(): void {
    try {
      if (this.#opened || this.#greet()) this.#deliver();
    } catch (error) {
      this.#fail(error);
    }
  }

  #deliver(): void {
    const { onMessage } = this.#handlers;
    for (let body = this.#decoder.next(); body !== null; body = this.#decoder.next()) {
      const done = onMessage(body, this);
      if (done !== undefined) this.#pauseFor(done);
      if (this.#paused || this.#dropped) return;
    }
  }

  #greet(): boolean {
    const protocol = this.#decoder.hello();
    if (protocol === null) return false;
    if (protocol !== COUNTERPART[this.#protocol]) {
      throw new ProtocolError(`the peer speaks protocol 0x${protocol.toString(16)}`);
    }
    this.#opened = true;
    this.#socket.setTimeout(this.#limits.silenceTimeoutMs ?? SILENCE_TIMEOUT_MS);
    this.#handlers.onOpen(this);
    return !this.#dropped;
  }

  #pauseFor(done: Promise<void>): void {
    this.#paused = true;
    this.#socket.pause();
    done.then(
      () => this.#goOn(),
      (error) => this.#fail(error),
    );
  }

  #goOn(): void {
    this.#paused = false;
    if (this.#dropped) return;
    this.#drain();
    if (this.#paused || this.#dropped) return;
    if (this.#ended) this.#finish();
    else this.#listen();
  }

  #listen(): void {
    this.#socket.setTimeout(this.#limits.silenceTimeoutMs ?? SILENCE_TIMEOUT_MS);
    this.#socket.resume();
  }

  // After a time in which this process did not run (a busy machine, a debugger, a laptop that slept) its timers come
  // before what has long been there to read: that is read first.
  #silence(): void {
    const chunks = this.#chunks;
    setImmediate(() => {
      if (this.#chunks === chunks) this.#abandonWaiting();
    });
  }

  #abandonWaiting(): void {
    if (!this.#opened) this.#fail(new ProtocolError('the peer never said hello'));
    else if (!this.#paused && this.#decoder.held > HELD_BYTES) {
      this.#fail(new ProtocolError('the peer stopped in the middle of a message'));
    }
  }

  #fail(error: unknown): void {
    if (this.#dropped) return;
    this.#reason ??= toError(error);
    this.close();
  }

  #end(): void {
    this.#ended = true;
    this.outbox.close();
    // What came before the end is delivered before it is told.
    if (!this.#paused || this.#dropped) this.#finish();
  }

  #finish(): void {
    this.#dropped = true;
    this.#handlers.onClosed(this.#reason, this, this.#opened);
  }
}

// A peer that went without reading everything.
const PLAIN_ENDS = ['ECONNRESET', 'EPIPE'];

function isPlainEnd(error: unknown): boolean {
  return error instanceof Error && 'code' in error && PLAIN_ENDS.includes(String(error.code));
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
