/** Base class of the errors of this module; `path` is the socket's. */
class SpError extends Error {
  override name = 'SpError';
}

/** The received bytes violate the protocol; the connection is closed. */
export class ProtocolError extends SpError {
  override name = 'ProtocolError';
}

/** A message is longer than this side accepts; the connection is closed. */
export class MessageTooLong extends ProtocolError {
  override name = 'MessageTooLong';

  constructor(
    /** The announced length, request id included. */
    readonly bytes: bigint,
    readonly limit: number,
  ) {
    super(`a message of ${bytes} bytes, more than the ${limit} accepted`);
  }
}

/** Another process listens at the path, or the file there is not a socket; the file was not changed. */
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

/** The operating system limits the path of a Unix socket to about a hundred bytes. */
export class SocketPathTooLong extends SpError {
  override name = 'SocketPathTooLong';

  constructor(
    readonly path: string,
    readonly limit: number,
  ) {
    super(`the socket path ${path} is longer than ${limit} bytes`);
  }
}

/** No connection to the path before the caller aborted. */
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

/** The connection or socket was closed before the bytes were written. */
export class ConnectionClosed extends SpError {
  override name = 'ConnectionClosed';
}

/** The request was answered already, or its sender replaced it with a newer one. */
export class RequestNotOpen extends SpError {
  override name = 'RequestNotOpen';
}

/** Nothing was received within the timeout. */
export class ReceiveTimedOut extends SpError {
  override name = 'ReceiveTimedOut';

  constructor(readonly timeoutMs: number) {
    super(`nothing came within ${timeoutMs} ms`);
  }
}
