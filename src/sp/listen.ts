import { type BigIntStats, lstatSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { platform } from 'node:os';
import { SocketInUse, SocketPathTooLong } from './errors.ts';

/**
 * Listens on a Unix socket. A socket file that a dead process left behind is replaced; a live listener or a file of
 * another kind is not changed. Closing the server removes the socket file. Throws SocketInUse, SocketPathTooLong, or
 * the operating system's error.
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

/** Throws SocketPathTooLong: some Node versions silently truncate such a path and listen elsewhere. */
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
      // For example too many open files: only that connection is refused, the listener continues.
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
  // Another process may replace the same path at this moment: only the file that was found dead is removed, without an
  // await between check and removal, and never a live socket that replaced it.
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
    // Only ECONNREFUSED proves that no process listens; another error, for example a missing permission, proves
    // nothing.
    socket.once('error', (error) => answer(!hasCode(error, 'ECONNREFUSED'))());
  });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
