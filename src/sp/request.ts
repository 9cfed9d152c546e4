import { randomInt } from 'node:crypto';
import { acceptPeers, Dialer, type DialOptions } from './connecting.ts';
import type { Connection, ConnectionHandlers, Limits } from './connection.ts';
import { ConnectionClosed, ProtocolError, RequestNotOpen } from './errors.ts';
import { PROTOCOL } from './frame.ts';

/** A REQ socket: a plugin opens one for eKuiper's control channel and for each function channel. */
export interface RequestSocket {
  readonly path: string;
  /**
   * Sends a request and resolves with its answer, without a timeout. Only one request is outstanding: a new one
   * replaces the old one, which rejects with RequestNotOpen. When the connection is lost, the outstanding request is
   * sent again on the next one; a binary body must not be changed until then. Throws ConnectionClosed after `close`.
   */
  request(body: Uint8Array | string): Promise<Buffer>;
  /** Closes the connection; an outstanding request rejects with ConnectionClosed. */
  close(): void;
}

/** A REQ socket that peers connect to; each request goes to one of the connected peers. */
interface RequestListener extends RequestSocket {
  /** Like any REQ socket; also removes the socket file. */
  close(): Promise<void>;
}

/**
 * Dials a REP socket; resolves once connected and reconnects automatically. Throws DialFailed when `options.signal`
 * aborts the wait for the first connection.
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

interface RequestOptions extends Limits {
  readonly onConnect?: () => void;
  /** `reason` is null after a normal close, a ProtocolError after invalid bytes. */
  readonly onDisconnect?: (reason: Error | null) => void;
}

/** Listens as REQ. Throws SocketInUse, SocketPathTooLong, or the operating system's error. */
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
  /** The connection that has the outstanding request. */
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
    // Anything else is the late answer to a request that was replaced.
    if (outstanding === null || !message.subarray(0, 4).equals(outstanding.header)) return;
    this.#outstanding = null;
    this.#carrier = null;
    outstanding.resolve(message.subarray(4));
  }

  readonly #transmit = (): void => {
    // The connection that was used last goes to the end of the list.
    const connection = this.#connections.shift();
    if (connection === undefined) return;
    this.#connections.push(connection);
    const request = this.#outstanding;
    if (request === null) return;
    this.#carrier = connection;
    const { outbox } = connection;
    // If the connection closes during the write, `leave` removes it and the request is sent on another one.
    if (outbox.write(request.body, request.header) !== 'busy') return;
    // Each request waits separately: a request that replaced others must not be sent once for each of them.
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
