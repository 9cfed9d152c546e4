import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A path for a Unix socket that no other test uses; what is left there goes with the test. */
export function socketPath(): string {
  const file = path.join(tmpdir(), `kpsp-${randomBytes(5).toString('hex')}.ipc`);
  onTestFinished(() => rm(file, { force: true }));
  return file;
}

/** Closes it when the test ends, whatever the test's outcome. */
export function closing<T extends { close(): unknown }>(socket: T): T {
  onTestFinished(async () => {
    await socket.close();
  });
  return socket;
}

export interface RawPeer {
  readonly socket: Socket;
  /** All bytes that came, once the other side has closed. */
  readonly received: Promise<Buffer>;
}

/** A connection that says just the given bytes, right or wrong. */
export async function rawPeer(path: string, ...bytes: readonly Uint8Array[]): Promise<RawPeer> {
  const socket = connect(path);
  onTestFinished(() => {
    socket.destroy();
  });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', () => undefined);
  // Not `once` of node:events, which rejects with an error before: who is dropped with something unread is told ECONNRESET.
  const received = new Promise<Buffer>((resolve) => {
    socket.once('close', () => resolve(Buffer.concat(chunks)));
  });
  await once(socket, 'connect');
  for (const part of bytes) socket.write(part);
  return { socket, received };
}

/** A callback and the promise of its nth call's argument, counted from 1. */
export function calls<T>(): { readonly on: (value: T) => void; nth(n: number): Promise<T> } {
  const values: { readonly value: T }[] = [];
  const waiting: { n: number; resolve: (value: T) => void }[] = [];
  return {
    on: (value) => {
      values.push({ value });
      for (const { n, resolve } of waiting) if (n === values.length) resolve(value);
    },
    nth: (n) =>
      new Promise((resolve) => {
        const call = values[n - 1];
        if (call === undefined) waiting.push({ n, resolve });
        else resolve(call.value);
      }),
  };
}
