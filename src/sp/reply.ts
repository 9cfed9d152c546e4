import { acceptPeers, Dialer, type DialOptions } from './connecting.ts';
import type { Connection, ConnectionHandlers, Limits } from './connection.ts';
import { RequestNotOpen } from './errors.ts';
import { PROTOCOL, requestIdBytes } from './frame.ts';

export interface ReplyOptions extends Limits {
  /**
   * Called for every request. The request stays open until it is answered or its peer sends a newer one. An error that
   * this or `onConnect` throws closes the peer's connection and becomes its close reason.
   */
  readonly onRequest: (request: Request) => void;
  readonly onConnect?: (peer: Peer) => void;
  /** `reason` is null after a normal close, a ProtocolError after invalid bytes. */
  readonly onDisconnect?: (peer: Peer, reason: Error | null) => void;
}

/** A connected REQ socket. */
export interface Peer {
  /** Connection number; increases with every connection. */
  readonly id: number;
  /** The request that is not answered yet. */
  readonly openRequest: Request | null;
  /** Answers the open request. Throws RequestNotOpen when there is none, or ConnectionClosed. */
  reply(body: Uint8Array | string): Promise<void>;
  close(): void;
}

export interface Request {
  readonly peer: Peer;
  readonly body: Buffer;
  /** Throws RequestNotOpen when it was answered or replaced by a newer one, or ConnectionClosed. */
  reply(body: Uint8Array | string): Promise<void>;
}

export interface ReplyListener {
  readonly path: string;
  /** The connected peers, the oldest first. */
  readonly peers: readonly Peer[];
  /** Closes every connection, and removes the socket file if it listened; may be called again. */
  close(): Promise<void>;
}

/**
 * Listens as REP, as eKuiper does for control and function channels (docs/wire.md#sockets). Throws SocketInUse,
 * SocketPathTooLong, or the operating system's error.
 */
export async function listenReply(path: string, options: ReplyOptions): Promise<ReplyListener> {
  const peers: Peers = new Map();
  const acceptor = await acceptPeers(path, PROTOCOL.rep, replyHandlers(peers, options), options);
  return replySocket(path, peers, () => acceptor.close());
}

/**
 * Dials as REP; resolves once connected and reconnects automatically. Throws DialFailed when `options.signal` aborts
 * the wait for the first connection.
 */
export async function dialReply(
  path: string,
  options: DialOptions & Pick<ReplyOptions, 'onRequest'>,
): Promise<ReplyListener> {
  const peers: Peers = new Map();
  const { onRequest } = options;
  const dialer = new Dialer(path, PROTOCOL.rep, options, replyHandlers(peers, { onRequest }));
  await dialer.start();
  return replySocket(path, peers, async () => dialer.close());
}

type Peers = Map<Connection, ReplyPeer>;

function replyHandlers(peers: Peers, options: ReplyOptions): ConnectionHandlers {
  let count = 0;
  return {
    onOpen: (connection) => {
      count += 1;
      const peer = new ReplyPeer(count, connection, options.onRequest);
      peers.set(connection, peer);
      options.onConnect?.(peer);
    },
    onMessage: (message, connection) => peers.get(connection)?.receive(message),
    onClosed: (reason, connection) => {
      const peer = peers.get(connection);
      peers.delete(connection);
      if (peer) options.onDisconnect?.(peer, reason);
    },
  };
}

function replySocket(path: string, peers: Peers, close: () => Promise<void>): ReplyListener {
  return {
    path,
    get peers() {
      return [...peers.values()];
    },
    close,
  };
}

class ReplyPeer implements Peer {
  openRequest: OpenRequest | null = null;

  constructor(
    readonly id: number,
    readonly connection: Connection,
    readonly onRequest: ReplyOptions['onRequest'],
  ) {}

  receive(message: Buffer): void {
    const request = new OpenRequest(this, message);
    // A REQ socket may repeat a request that stays open for long; that is not a new request.
    if (this.openRequest?.message.equals(message)) return;
    this.openRequest = request;
    this.onRequest(request);
  }

  reply(body: Uint8Array | string): Promise<void> {
    return this.answer(this.openRequest, body);
  }

  answer(request: OpenRequest | null, body: Uint8Array | string): Promise<void> {
    if (request === null || request !== this.openRequest) {
      return Promise.reject(new RequestNotOpen('the request is not open any more'));
    }
    this.openRequest = null;
    return this.connection.outbox.post(body, request.header);
  }

  close(): void {
    this.connection.close();
  }
}

class OpenRequest implements Request {
  readonly header: Buffer;
  readonly body: Buffer;

  constructor(
    readonly peer: ReplyPeer,
    readonly message: Buffer,
  ) {
    const headerBytes = requestIdBytes(message);
    this.header = message.subarray(0, headerBytes);
    this.body = message.subarray(headerBytes);
  }

  reply(body: Uint8Array | string): Promise<void> {
    return this.peer.answer(this, body);
  }
}
