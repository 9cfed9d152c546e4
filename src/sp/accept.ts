import type { Server, Socket } from 'node:net';
import { Connection, type ConnectionHandlers, type Limits } from './connection.ts';
import type { Protocol } from './frame.ts';
import { listenUnix } from './listen.ts';

export interface Acceptor {
  /** Closes every connection and removes the socket file; may be called again. */
  close(): Promise<void>;
}

/**
 * Listens and runs `protocol` on every connection. Throws SocketInUse, SocketPathTooLong, or the operating system's
 * error.
 */
export async function acceptPeers(
  path: string,
  protocol: Protocol,
  handlers: ConnectionHandlers,
  limits: Limits = {},
): Promise<Acceptor> {
  const connections = new Set<Connection>();
  const onClosed: ConnectionHandlers['onClosed'] = (reason, connection, opened) => {
    connections.delete(connection);
    handlers.onClosed(reason, connection, opened);
  };
  const accept = (socket: Socket) => {
    connections.add(new Connection(socket, protocol, { ...handlers, onClosed }, limits));
  };
  const server = await listenUnix(path, accept);
  return { close: () => closeAll(server, connections) };
}

async function closeAll(server: Server, connections: ReadonlySet<Connection>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const connection of connections) connection.close();
  await closed;
}
