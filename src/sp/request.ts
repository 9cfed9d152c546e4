import { randomInt } from 'node:crypto';
import type { Connection } from './connection.ts';
import { Dialer, type DialOptions } from './dial.ts';
import { ConnectionClosed, ProtocolError, RequestNotOpen } from './errors.ts';
import { PROTOCOL } from './frame.ts';

/** The REQ side: what a plugin opens to eKuiper's control and function channels. */
export interface RequestSocket {
  readonly path: string;
  /**
   * Sends a request and resolves with its answer, however long that takes. One request is
   * outstanding: a new one abandons the old one, which throws RequestNotOpen. When the connection
   * drops, the outstanding request is sent again on the next one; a body of bytes must not be
   * changed until then. Throws ConnectionClosed after `close`.
   */
  request(body: Uint8Array | string): Promise<Buffer>;
  /** Drops the connection; an outstanding request throws ConnectionClosed. */
  close(): void;
}

/**
 * Dials a REP socket; resolves once connected, and reconnects by itself from then on.
 * Throws DialFailed when `options.signal` ends the wait for the first connection.
 */
export async function dialRequest(path: string, options: DialOptions = {}): Promise<RequestSocket> {
  const socket = new Requester(path, options);
  await socket.start();
  return socket;
}

interface Outstanding {
  readonly header: Buffer;
  readonly body: Uint8Array | string;
  readonly resolve: (answer: Buffer) => void;
  readonly reject: (error: Error) => void;
}

class Requester implements RequestSocket {
  readonly path: string;
  readonly #dialer: Dialer;
  #connection: Connection | null = null;
  #outstanding: Outstanding | null = null;
  #lastId = randomInt(0x7fffffff);
  #closed = false;

  constructor(path: string, options: DialOptions) {
    this.path = path;
    this.#dialer = new Dialer(path, PROTOCOL.req, options, {
      onOpen: (connection) => {
        this.#connection = connection;
        this.#transmit();
      },
      onClosed: () => {
        this.#connection = null;
      },
      onMessage: (message) => this.#receive(message),
    });
  }

  start(): Promise<void> {
    return this.#dialer.start();
  }

  request(body: Uint8Array | string): Promise<Buffer> {
    if (this.#closed) return Promise.reject(new ConnectionClosed('the socket is closed'));
    this.#outstanding?.reject(new RequestNotOpen('a newer request took its place'));
    return new Promise((resolve, reject) => {
      this.#outstanding = { header: this.#nextHeader(), body, resolve, reject };
      this.#transmit();
    });
  }

  close(): void {
    this.#closed = true;
    this.#dialer.close();
    this.#outstanding?.reject(new ConnectionClosed('the socket was closed'));
    this.#outstanding = null;
  }

  readonly #transmit = (): void => {
    if (this.#outstanding === null) return;
    const { header, body } = this.#outstanding;
    const outbox = this.#connection?.outbox;
    // A connection that breaks here is replaced, and the request goes out again on the new one.
    if (outbox?.write(body, header) === 'busy') void outbox.idle().then(this.#transmit, ignore);
  };

  #receive(message: Buffer): void {
    if (message.length < 4) throw new ProtocolError('a reply without a request id');
    const outstanding = this.#outstanding;
    // Anything else is the late answer to a request that was abandoned.
    if (outstanding === null || !message.subarray(0, 4).equals(outstanding.header)) return;
    this.#outstanding = null;
    outstanding.resolve(message.subarray(4));
  }

  #nextHeader(): Buffer {
    this.#lastId = (this.#lastId + 1) % 0x80000000;
    const header = Buffer.allocUnsafe(4);
    header.writeUInt32BE(this.#lastId + 0x80000000);
    return header;
  }
}

function ignore(): void {
  // The next connection sends it.
}
