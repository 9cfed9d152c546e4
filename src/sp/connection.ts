import type { Socket } from 'node:net';
import { ConnectionClosed, ProtocolError } from './errors.ts';
import { COUNTERPART, FrameDecoder, hello, messageHeader, type Protocol } from './frame.ts';

export interface ConnectionHandlers {
  /** The peer said hello in the right protocol: messages may be sent from now on. */
  readonly onOpen: () => void;
  /** The next message is read only when this is done: that is the back-pressure. */
  readonly onMessage: (body: Buffer) => void | Promise<void>;
}

/** One connected Unix socket that speaks framed messages. */
export class Connection {
  readonly #socket: Socket;
  readonly #protocol: Protocol;
  readonly #decoder: FrameDecoder;

  /** Says hello at once; `socket` must be connected. */
  constructor(socket: Socket, protocol: Protocol, maxMessageBytes?: number) {
    this.#socket = socket;
    this.#protocol = protocol;
    this.#decoder = new FrameDecoder(maxMessageBytes);
    // Without a listener an error that comes while nobody reads or writes would end the process;
    // whoever reads or writes gets the same error there.
    socket.on('error', () => undefined);
    socket.write(hello(protocol));
  }

  /**
   * Reads until the connection ends; returns the reason, null when a side simply closed it.
   * What a handler throws closes the connection and is returned as the reason.
   */
  async read(handlers: ConnectionHandlers): Promise<Error | null> {
    try {
      for await (const chunk of this.#socket) await this.#take(chunk, handlers);
      return null;
    } catch (error) {
      return isPlainEnd(error) ? null : toError(error);
    } finally {
      this.close();
    }
  }

  async #take(chunk: Uint8Array, handlers: ConnectionHandlers): Promise<void> {
    for (const frame of this.#decoder.push(chunk)) {
      if (this.#socket.destroyed) return;
      if (frame.kind === 'message') await handlers.onMessage(frame.body);
      else this.#greet(frame.protocol, handlers);
    }
  }

  #greet(protocol: number, handlers: ConnectionHandlers): void {
    if (protocol !== COUNTERPART[this.#protocol]) {
      throw new ProtocolError(`the peer speaks protocol 0x${protocol.toString(16)}`);
    }
    handlers.onOpen();
  }

  /**
   * Sends one message made of the parts. Resolves when the operating system took all of it, so
   * awaiting it is the back-pressure. Throws ConnectionClosed.
   */
  send(...parts: readonly Uint8Array[]): Promise<void> {
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    return new Promise((resolve, reject) => {
      this.#socket.cork();
      this.#socket.write(messageHeader(length));
      for (const part of parts.slice(0, -1)) this.#socket.write(part);
      this.#socket.write(parts.at(-1) ?? Buffer.alloc(0), (error) => {
        if (error) reject(new ConnectionClosed('the connection is closed', { cause: error }));
        else resolve();
      });
      this.#socket.uncork();
    });
  }

  /** Drops the connection at once; may be called again. */
  close(): void {
    this.#socket.destroy();
  }
}

// The first is our own close; the others a peer that went without reading everything.
const PLAIN_ENDS = ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE'];

function isPlainEnd(error: unknown): boolean {
  return error instanceof Error && 'code' in error && PLAIN_ENDS.includes(String(error.code));
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
