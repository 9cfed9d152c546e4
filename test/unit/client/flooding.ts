import { Buffer } from 'node:buffer';
import type net from 'node:net';
import { onTestFinished } from 'vitest';
import { fakeTcp } from './fake-server.ts';

/** Far above what is allowed, far below what two machines swap before a test is over. */
export const ENDLESS = 64 * 1024 * 1024;
/** The head of an answer in chunks. */
export const CHUNKED = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';

/** A host that answers each request with `head`, then with `again` until {@link ENDLESS}, as fast as it is read. */
export async function flooding(
  head: string | Buffer,
  again: string | Buffer,
): Promise<{ host: string; sent(): number }> {
  let sent = 0;
  const piece = Buffer.concat(Array(Math.ceil(16_384 / again.length)).fill(Buffer.from(again)));
  const flood = (socket: net.Socket): void => {
    while (!socket.destroyed && sent < ENDLESS) {
      sent += piece.length;
      if (!socket.write(piece)) {
        socket.once('drain', () => flood(socket));
        return;
      }
    }
  };
  const server = await fakeTcp((socket) => {
    socket.once('data', () => {
      socket.write(head);
      flood(socket);
    });
  });
  onTestFinished(() => server.close());
  return { host: `127.0.0.1:${server.port}`, sent: () => sent };
}

/** One chunk for each character. */
export const chunks = (text: string, extension = ''): string =>
  [...text].map((sign) => `1${extension}\r\n${sign}\r\n`).join('');
