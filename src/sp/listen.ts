import { type BigIntStats, lstatSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { platform } from 'node:os';
import { SocketInUse, SocketPathTooLong } from './errors.ts';

/**
 * Listens on a Unix socket. A file that a dead process left behind is taken over; a live listener
 * or a file of another kind is left alone. Closing the server removes the socket file.
 * Throws SocketInUse, SocketPathTooLong, or the operating system's error.
 */
export async function listenUnix(
  path: string,
  onSocket: (socket: Socket) => void,
): Promise<Server> {
  checkSocketPath(path);
  try {
    return await bind(path, onSocket);
  } catch (error) {
    if (!hasCode(error, 'EADDRINUSE')) throw error;
  }
  await removeStale(path);
  return bind(path, onSocket).catch((error: unknown) => {
    throw hasCode(error, 'EADDRINUSE') ? new SocketInUse(path, 'listener') : error;
  });
}

/** Throws SocketPathTooLong: some Node versions cut such a path silently and listen elsewhere. */
export function checkSocketPath(path: string): void {
  const limit = platform() === 'darwin' ? 103 : 107;
  if (Buffer.byteLength(path) > limit) throw new SocketPathTooLong(path, limit);
}

function bind(path: string, onSocket: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(onSocket);
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      // Too many open files, say: that one caller is turned away, and the listener goes on.
      server.on('error', () => undefined);
      resolve(server);
    });
  });
}

async function removeStale(path: string): Promise<void> {
  const before = lookAt(path);
  if (before === null) return;
  if (!before.isSocket()) throw new SocketInUse(path, 'file');
  if (await accepts(path)) throw new SocketInUse(path, 'listener');
  // Others may take the same path over at this moment: only the very file that was found dead is
  // removed, in one go with the look at it, and never a live one that has come in its place.
  const now = lookAt(path);
  if (now?.ino === before.ino && now.ctimeNs === before.ctimeNs) rmSync(path, { force: true });
}

function lookAt(path: string): BigIntStats | null {
  return lstatSync(path, { bigint: true, throwIfNoEntry: false }) ?? null;
}

function accepts(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const answer = (value: boolean) => () => {
      socket.destroy();
      resolve(value);
    };
    socket.once('connect', answer(true));
    // Only a refusal proves that nobody listens; a missing permission, say, proves nothing.
    socket.once('error', (error) => answer(!hasCode(error, 'ECONNREFUSED'))());
  });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
