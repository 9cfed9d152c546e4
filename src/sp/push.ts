import { acceptPeers } from './accept.ts';
import type { ConnectionHandlers, Limits } from './connection.ts';
import { Dialer, type DialOptions } from './dial.ts';
import { ProtocolError } from './errors.ts';
import { PROTOCOL } from './frame.ts';
import { Lanes } from './lanes.ts';

export interface PushOptions extends Pick<Limits, 'helloTimeoutMs'> {
  readonly onConnect?: () => void;
  /** `reason` is null when a side simply closed, a ProtocolError for bytes that make no sense. */
  readonly onDisconnect?: (reason: Error | null) => void;
}

/**
 * The PUSH side: each message goes to one of the peers, at most once.
 * When a connection breaks, what its peer had not yet read of the operating system's buffer is lost,
 * and so is the one write under way: up to 64 KiB of small messages, or one long one. All others go
 * to the next connection, in order.
 */
export interface PushSocket {
  readonly path: string;
  /**
   * Takes the message at once. null: go on. A promise: wait for it before the next one, which is
   * the back-pressure; it never rejects. Small messages are gathered and written together, at the
   * end of this turn of the event loop at the latest. Without a peer the message is held for the
   * first that comes. A body of bytes must not be changed until it was written. Throws
   * ConnectionClosed after `close`.
   */
  offer(body: Uint8Array | string): Promise<void> | null;
  /**
   * Waits for a peer that takes messages, and resolves when the operating system took all of this
   * one for it. Throws ConnectionClosed when the connection breaks while it is under way, or the
   * signal's reason if it aborts while no peer is free.
   */
  send(body: Uint8Array | string, signal?: AbortSignal): Promise<void>;
  /** Resolves when the operating system took everything offered so far; ConnectionClosed by `close`. */
  flush(): Promise<void>;
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
  const dialer = new Dialer(path, PROTOCOL.push, options, laneHandlers(lanes));
  await dialer.start();
  return pushSocket(path, lanes, async () => dialer.close());
}

/** PUSH, listening. Throws SocketInUse, SocketPathTooLong, or the operating system's error. */
export async function listenPush(path: string, options: PushOptions = {}): Promise<PushSocket> {
  const lanes = new Lanes();
  const acceptor = await acceptPeers(path, PROTOCOL.push, laneHandlers(lanes, options), options);
  return pushSocket(path, lanes, () => acceptor.close());
}

function laneHandlers(lanes: Lanes, options: PushOptions = {}): ConnectionHandlers {
  return {
    onOpen: (connection) => {
      lanes.join(connection);
      options.onConnect?.();
    },
    onMessage: refuseMessage,
    onIdle: lanes.advance,
    onClosed: (reason, connection, opened) => {
      if (!opened) return;
      lanes.leave(connection);
      options.onDisconnect?.(reason);
    },
  };
}

function pushSocket(path: string, lanes: Lanes, close: () => Promise<void>): PushSocket {
  return {
    path,
    offer: (body) => lanes.offer(body),
    send: (body, signal) => lanes.send(body, signal),
    flush: () => lanes.flush(),
    close: () => {
      lanes.close();
      return close();
    },
  };
}

function refuseMessage(): never {
  throw new ProtocolError('a PULL socket sent a message');
}
