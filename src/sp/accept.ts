import type { Server, Socket } from 'node:net';
import { Connection } from './connection.ts';
import type { Protocol } from './frame.ts';
import { listenUnix } from './listen.ts';

/** What becomes of one accepted connection; `onClosed` comes once, and only after `onOpen`. */
export interface PeerHandlers {
  readonly onOpen: () => void;
  readonly onMessage: (body: Buffer) => void | Promise<void>;
  /** `reason` is null when a side simply closed, a ProtocolError for bytes that make no sense. */
  readonly onClosed: (reason: Error | null) => void;
}

export interface Acceptor {
  /** Drops every connection and removes the socket file; may be called again. */
  close(): Promise<void>;
}

/**
 * Listens and speaks `protocol` with everybody who connects; `handlersOf` is asked once for each.
 * Throws SocketInUse, SocketPathTooLong, or the operating system's error.
 */
export async function acceptPeers(
  path: string,
  protocol: Protocol,
  handlersOf: (connection: Connection) => PeerHandlers,
  maxMessageBytes?: number,
): Promise<Acceptor> {
  const connections = new Set<Connection>();
  const accept = async (socket: Socket) => {
    const connection = new Connection(socket, protocol, maxMessageBytes);
    const handlers = handlersOf(connection);
    connections.add(connection);
    let opened = false;
    const reason = await connection.read({
      onMessage: handlers.onMessage,
      onOpen: () => {
        opened = true;
        handlers.onOpen();
      },
    });
    connections.delete(connection);
    if (opened) handlers.onClosed(reason);
  };
  const server = await listenUnix(path, (socket) => void accept(socket));
  return { close: () => closeAll(server, connections) };
}

async function closeAll(server: Server, connections: ReadonlySet<Connection>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const connection of connections) connection.close();
  await closed;
}
