import type { Socket } from 'node:net';
import { ProtocolError } from './errors.ts';
import { COUNTERPART, FrameDecoder, hello, type Protocol } from './frame.ts';
import { Outbox } from './outbox.ts';

/** Limits of a connection, in milliseconds and bytes. */
export interface Limits {
  /** Longest message accepted, request id included; a longer one closes the connection. */
  readonly maxMessageBytes?: number;
  /** A peer that has not sent its hello within this time is disconnected; default 10 s. */
  readonly helloTimeoutMs?: number;
  /**
   * A peer that began a message of over 64 KiB and then sends nothing for this time is disconnected, and its memory is
   * freed; default 60 s. Time in which this side does not read is not counted. Shorter messages have no timeout, so
   * that a plugin stopped in a debugger stays connected.
   */
  readonly silenceTimeoutMs?: number;
}

export interface ConnectionHandlers {
  /** The peer sent a hello with the right protocol: messages may be sent from now on. */
  readonly onOpen: (connection: Connection) => void;
  /** Called for each message. A returned promise pauses reading until it resolves (back-pressure). */
  readonly onMessage: (body: Buffer, connection: Connection) => void | Promise<void>;
  /** The connection accepts more messages than before. */
  readonly onIdle?: () => void;
  /** Called once. `reason` is null after a normal close; `opened`: whether `onOpen` was called. */
  readonly onClosed: (reason: Error | null, connection: Connection, opened: boolean) => void;
}

const HELLO_TIMEOUT_MS = 10_000;
const SILENCE_TIMEOUT_MS = 60_000;
/** A connection costs as much anyway. */
const HELD_BYTES = 64 * 1024;

/** A connected Unix socket that exchanges framed messages. */
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
  /** Closed by this side: messages that arrive later are not delivered. */
  #dropped = false;
  #ended = false;
  #reason: Error | null = null;

  /**
   * Sends the hello at once; `socket` must be connected. An error that a handler throws closes the connection and
   * becomes its close reason.
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

  /** Closes the connection at once; may be called again. */
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

  // After a time in which this process did not run (a busy machine, a debugger, a laptop in standby) its timers fire
  // before waiting data is read, so that data is read first.
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
    // Messages that arrived before the close are delivered before `onClose`.
    if (!this.#paused || this.#dropped) this.#finish();
  }

  #finish(): void {
    this.#dropped = true;
    this.#handlers.onClosed(this.#reason, this, this.#opened);
  }
}

// The peer closed without reading everything.
const PLAIN_ENDS = ['ECONNRESET', 'EPIPE'];

function isPlainEnd(error: unknown): boolean {
  return error instanceof Error && 'code' in error && PLAIN_ENDS.includes(String(error.code));
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
