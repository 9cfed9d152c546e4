import { acceptPeers, type PeerHandlers } from './accept.ts';
import type { Connection } from './connection.ts';
import { ProtocolError, RequestNotOpen } from './errors.ts';
import { PROTOCOL } from './frame.ts';

export interface ReplyOptions {
  /**
   * Every request as it comes. It stays open until it is answered or its peer sends a newer one.
   * What this or `onConnect` throws closes the peer's connection and is the reason it is given.
   */
  readonly onRequest: (request: Request) => void;
  readonly onConnect?: (peer: Peer) => void;
  /** `reason` is null when a side simply closed, a ProtocolError for bytes that make no sense. */
  readonly onDisconnect?: (peer: Peer, reason: Error | null) => void;
  /** Longest message accepted, header included; a longer one closes the connection. */
  readonly maxMessageBytes?: number;
}

/** One connected REQ socket. */
export interface Peer {
  /** Grows with every connection of this listener. */
  readonly id: number;
  /** The request that waits for its answer. */
  readonly openRequest: Request | null;
  /** Answers the open request; throws RequestNotOpen when there is none, ConnectionClosed. */
  reply(body: Uint8Array | string): Promise<void>;
  close(): void;
}

export interface Request {
  readonly peer: Peer;
  readonly body: Buffer;
  /** Throws RequestNotOpen when it was answered or replaced by a newer one, ConnectionClosed. */
  reply(body: Uint8Array | string): Promise<void>;
}

export interface ReplyListener {
  readonly path: string;
  /** Those that are connected now, the oldest first. */
  readonly peers: readonly Peer[];
  /** Drops every connection and removes the socket file; may be called again. */
  close(): Promise<void>;
}

/**
 * The REP side, listening: what eKuiper opens for control and function channels (protocol.md §2).
 * Throws SocketInUse, SocketPathTooLong, or the operating system's error.
 */
export async function listenReply(path: string, options: ReplyOptions): Promise<ReplyListener> {
  const peers = new Set<Peer>();
  let count = 0;
  const handlersOf = (connection: Connection): PeerHandlers => {
    count += 1;
    const peer = new ReplyPeer(count, connection, options.onRequest);
    return {
      onOpen: () => {
        peers.add(peer);
        options.onConnect?.(peer);
      },
      onMessage: (message) => peer.receive(message),
      onClosed: (reason) => {
        peers.delete(peer);
        options.onDisconnect?.(peer, reason);
      },
    };
  };
  const acceptor = await acceptPeers(path, PROTOCOL.rep, handlersOf, options.maxMessageBytes);
  return {
    path,
    get peers() {
      return [...peers];
    },
    close: () => acceptor.close(),
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
    // REQ sockets may repeat a request that stays open for long; that is not a new one.
    if (this.openRequest?.message.equals(message)) return;
    this.openRequest = request;
    this.onRequest(request);
  }

  reply(body: Uint8Array | string): Promise<void> {
    return this.answer(this.openRequest, body);
  }

  async answer(request: OpenRequest | null, body: Uint8Array | string): Promise<void> {
    if (request === null || request !== this.openRequest) {
      throw new RequestNotOpen('the request is not open any more');
    }
    this.openRequest = null;
    await this.connection.send(request.header, Buffer.from(body));
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
    const headerBytes = requestHeaderBytes(message);
    this.header = message.subarray(0, headerBytes);
    this.body = message.subarray(headerBytes);
  }

  reply(body: Uint8Array | string): Promise<void> {
    return this.peer.answer(this, body);
  }
}

// Forwarding hops put their own ids in front; the one with the top bit is the request's.
function requestHeaderBytes(message: Buffer): number {
  for (let end = 4; end <= message.length; end += 4) {
    if (message.readUInt8(end - 4) >= 0x80) return end;
  }
  throw new ProtocolError('a request without a request id');
}
