import { randomInt } from 'node:crypto';
import { acceptPeers } from './accept.ts';
import type { Connection, ConnectionHandlers, Limits } from './connection.ts';
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

/** A REQ socket that others dial; each request goes to one of those who are there. */
export interface RequestListener extends RequestSocket {
  /** As of any REQ socket; also removes the socket file. */
  close(): Promise<void>;
}

/**
 * Dials a REP socket; resolves once connected, and reconnects by itself from then on.
 * Throws DialFailed when `options.signal` ends the wait for the first connection.
 */
export async function dialRequest(path: string, options: DialOptions = {}): Promise<RequestSocket> {
  const requester = new Requester();
  const dialer = new Dialer(path, PROTOCOL.req, options, requesterHandlers(requester));
  await dialer.start();
  return {
    path,
    request: (body) => requester.request(body),
    close: () => {
      requester.close();
      dialer.close();
    },
  };
}

export interface RequestOptions extends Limits {
  readonly onConnect?: () => void;
  /** `reason` is null when a side simply closed, a ProtocolError for bytes that make no sense. */
  readonly onDisconnect?: (reason: Error | null) => void;
}

/** REQ, listening. Throws SocketInUse, SocketPathTooLong, or the operating system's error. */
export async function listenRequest(
  path: string,
  options: RequestOptions = {},
): Promise<RequestListener> {
  const requester = new Requester();
  const handlers = requesterHandlers(requester, options);
  const acceptor = await acceptPeers(path, PROTOCOL.req, handlers, options);
  return {
    path,
    request: (body) => requester.request(body),
    close: () => {
      requester.close();
      return acceptor.close();
    },
  };
}

function requesterHandlers(requester: Requester, options: RequestOptions = {}): ConnectionHandlers {
  return {
    onOpen: (connection) => {
      requester.join(connection);
      options.onConnect?.();
    },
    onMessage: (message) => requester.receive(message),
    onClosed: (reason, connection, opened) => {
      requester.leave(connection);
      if (opened) options.onDisconnect?.(reason);
    },
  };
}

interface Outstanding {
  readonly header: Buffer;
  readonly body: Uint8Array | string;
  readonly resolve: (answer: Buffer) => void;
  readonly reject: (error: Error) => void;
}

class Requester {
  readonly #connections: Connection[] = [];
  /** Who has the outstanding request. */
  #carrier: Connection | null = null;
  #outstanding: Outstanding | null = null;
  #lastId = randomInt(0x7fffffff);
  #closed = false;

  join(connection: Connection): void {
    this.#connections.push(connection);
    if (this.#carrier === null) this.#transmit();
  }

  leave(connection: Connection): void {
    const place = this.#connections.indexOf(connection);
    if (place !== -1) this.#connections.splice(place, 1);
    if (this.#carrier !== connection) return;
    this.#carrier = null;
    this.#transmit();
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
    this.#outstanding?.reject(new ConnectionClosed('the socket was closed'));
    this.#outstanding = null;
  }

  receive(message: Buffer): void {
    if (message.length < 4) throw new ProtocolError('a reply without a request id');
    const outstanding = this.#outstanding;
    // Anything else is the late answer to a request that was abandoned.
    if (outstanding === null || !message.subarray(0, 4).equals(outstanding.header)) return;
    this.#outstanding = null;
    this.#carrier = null;
    outstanding.resolve(message.subarray(4));
  }

  readonly #transmit = (): void => {
    // Whoever served last stands behind the others.
    const connection = this.#connections.shift();
    if (connection === undefined) return;
    this.#connections.push(connection);
    const request = this.#outstanding;
    if (request === null) return;
    this.#carrier = connection;
    const { outbox } = connection;
    // A connection that breaks here leaves, and the request goes out again on another.
    if (outbox.write(request.body, request.header) !== 'busy') return;
    // Each waits for itself: one that took the place of others must not go out once for each of them.
    const later = () => {
      if (this.#outstanding === request) this.#transmit();
    };
    outbox.idle().then(later, ignore);
  };

  #nextHeader(): Buffer {
    this.#lastId = (this.#lastId + 1) % 0x80000000;
    const header = Buffer.allocUnsafe(4);
    header.writeUInt32BE(this.#lastId + 0x80000000);
    return header;
  }
}

function ignore(): void {
  // `leave` sends it elsewhere.
}
