/** Everything that this room throws on purpose; `path` is the socket's. */
export class SpError extends Error {
  override name = 'SpError';
}

/** The bytes on the wire are not the protocol: the connection that brought them is closed. */
export class ProtocolError extends SpError {
  override name = 'ProtocolError';
}

/** A message is longer than this side accepts; the connection that brought it is closed. */
export class MessageTooLong extends ProtocolError {
  override name = 'MessageTooLong';

  constructor(
    /** As announced, the request id included. */
    readonly bytes: bigint,
    readonly limit: number,
  ) {
    super(`a message of ${bytes} bytes, more than the ${limit} accepted`);
  }
}

/** Somebody listens at the path, or a file that is no socket is in the way; nothing was touched. */
export class SocketInUse extends SpError {
  override name = 'SocketInUse';

  constructor(
    readonly path: string,
    readonly by: 'listener' | 'file',
  ) {
    super(
      by === 'listener'
        ? `another process listens on ${path}`
        : `${path} exists and is not a socket`,
    );
  }
}

/** The operating system keeps about a hundred bytes for the path of a Unix socket. */
export class SocketPathTooLong extends SpError {
  override name = 'SocketPathTooLong';

  constructor(
    readonly path: string,
    readonly limit: number,
  ) {
    super(`the socket path ${path} is longer than ${limit} bytes`);
  }
}

/** Nobody could be reached at the path before the caller's timeouts ended. */
export class DialFailed extends SpError {
  override name = 'DialFailed';

  constructor(
    readonly path: string,
    cause: unknown,
  ) {
    super(`no connection to ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

/** The connection or socket was closed before the bytes could be handed over. */
export class ConnectionClosed extends SpError {
  override name = 'ConnectionClosed';
}

/** The request was answered already, or its sender replaced it with a newer one. */
export class RequestNotOpen extends SpError {
  override name = 'RequestNotOpen';
}

/** Nothing came within the time that the caller gave. */
export class ReceiveTimedOut extends SpError {
  override name = 'ReceiveTimedOut';

  constructor(readonly timeoutMs: number) {
    super(`nothing came within ${timeoutMs} ms`);
  }
}
