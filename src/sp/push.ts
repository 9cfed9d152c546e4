import { acceptPeers } from './accept.ts';
import { Dialer, type DialOptions } from './dial.ts';
import { ProtocolError } from './errors.ts';
import { PROTOCOL } from './frame.ts';
import { Lanes } from './lanes.ts';

export interface PushOptions {
  readonly onConnect?: () => void;
  /** `reason` is null when a side simply closed, a ProtocolError for bytes that make no sense. */
  readonly onDisconnect?: (reason: Error | null) => void;
}

/** The PUSH side: each message goes to one of the peers. */
export interface PushSocket {
  readonly path: string;
  /**
   * Waits for a peer that takes messages, and resolves when the operating system took all of this
   * one for it: awaiting it is the back-pressure. A message under way when its connection breaks
   * may be lost and is not sent again. Throws ConnectionClosed, or the signal's reason if it
   * aborts while no peer is free.
   */
  send(body: Uint8Array | string, signal?: AbortSignal): Promise<void>;
  /** Drops every connection and what was not sent, removes the socket file if it listened. */
  close(): Promise<void>;
}

/**
 * PUSH, dialling: eKuiper for the rows to a sink, a plugin for the rows of its source
 * (protocol.md §2). Resolves once connected, and reconnects by itself from then on.
 * Throws DialFailed when `options.signal` ends the wait for the first connection.
 */
export async function dialPush(path: string, options: DialOptions = {}): Promise<PushSocket> {
  const lanes = new Lanes();
  const dialer = new Dialer(path, PROTOCOL.push, options, {
    onOpen: (connection) => lanes.join(connection),
    onClosed: (connection) => lanes.leave(connection),
    onMessage: refuseMessage,
  });
  await dialer.start();
  return pushSocket(path, lanes, async () => dialer.close());
}

/** PUSH, listening. Throws SocketInUse, SocketPathTooLong, or the operating system's error. */
export async function listenPush(path: string, options: PushOptions = {}): Promise<PushSocket> {
  const lanes = new Lanes();
  const acceptor = await acceptPeers(path, PROTOCOL.push, (connection) => ({
    onOpen: () => {
      lanes.join(connection);
      options.onConnect?.();
    },
    onMessage: refuseMessage,
    onClosed: (reason) => {
      lanes.leave(connection);
      options.onDisconnect?.(reason);
    },
  }));
  return pushSocket(path, lanes, () => acceptor.close());
}

function pushSocket(path: string, lanes: Lanes, close: () => Promise<void>): PushSocket {
  return {
    path,
    send: (body, signal) => lanes.send(Buffer.from(body), signal),
    close: () => {
      lanes.close();
      return close();
    },
  };
}

function refuseMessage(): never {
  throw new ProtocolError('a PULL socket sent a message');
}
