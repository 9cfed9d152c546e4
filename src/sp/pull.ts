import { acceptPeers } from './accept.ts';
import { Dialer, type DialOptions } from './dial.ts';
import { PROTOCOL } from './frame.ts';
import { Handoff } from './handoff.ts';

export interface PullOptions {
  /** Longest message accepted; a longer one closes the connection. */
  readonly maxMessageBytes?: number;
  readonly onConnect?: () => void;
  /** `reason` is null when a side simply closed, a ProtocolError for bytes that make no sense. */
  readonly onDisconnect?: (reason: Error | null) => void;
}

/** The PULL side: iterate over it to get the messages. Nothing is read ahead of the loop. */
export interface PullSocket extends AsyncIterable<Buffer> {
  readonly path: string;
  /** Ends the iteration, drops every connection, removes the socket file if it listened. */
  close(): Promise<void>;
}

/**
 * PULL, listening: eKuiper for the rows of a source, a plugin for the rows to its sink
 * (protocol.md §2). Throws SocketInUse, SocketPathTooLong, or the operating system's error.
 */
export async function listenPull(path: string, options: PullOptions = {}): Promise<PullSocket> {
  const messages = new Handoff<Buffer>();
  const handlers = {
    onOpen: () => options.onConnect?.(),
    onMessage: (body: Buffer) => messages.put(body),
    onClosed: (reason: Error | null) => options.onDisconnect?.(reason),
  };
  const acceptor = await acceptPeers(path, PROTOCOL.pull, () => handlers, options.maxMessageBytes);
  return pullSocket(path, messages, () => acceptor.close());
}

/**
 * PULL, dialling; resolves once connected, and reconnects by itself from then on.
 * Throws DialFailed when `options.signal` ends the wait for the first connection.
 */
export async function dialPull(path: string, options: DialOptions = {}): Promise<PullSocket> {
  const messages = new Handoff<Buffer>();
  const dialer = new Dialer(path, PROTOCOL.pull, options, {
    onOpen: () => undefined,
    onClosed: () => undefined,
    onMessage: (body) => messages.put(body),
  });
  await dialer.start();
  return pullSocket(path, messages, async () => dialer.close());
}

function pullSocket(
  path: string,
  messages: Handoff<Buffer>,
  close: () => Promise<void>,
): PullSocket {
  return {
    path,
    [Symbol.asyncIterator]: () => messages[Symbol.asyncIterator](),
    close: () => {
      messages.end();
      return close();
    },
  };
}
