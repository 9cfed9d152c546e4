import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { DiagnosticsChannel, Dispatcher } from 'undici';
import { LateError } from './late.ts';

/** The code of the error that {@link Overhead} reports; networkFailure has its message. */
export const OVERHEAD = 'KPLUGIN_OVERHEAD';

/** Limit of interim responses: eKuiper sends none, a proxy one or two (RFC 9110, section 15.2; RFC 8297). */
const MOST_INTERIM = 16;

/** Wire bytes per byte of the response: one-byte chunks take six (RFC 9112, section 7.1); Go writes larger chunks. */
const PER_BYTE = 8;

/** Allowance for status lines, headers, and bytes that are read before undici has parsed them. */
const ALLOWANCE = 1024 * 1024;

const SENT = 'undici:client:sendHeaders';

/** A response, not decoded. */
interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Bounds {
  /** Aborts the exchange with its reason. */
  readonly signal: AbortSignal;
  /** Timeout in milliseconds for the whole exchange, connecting included. */
  readonly timeout: number;
  /** Progress of a streamed request body in bytes; null without one. */
  readonly upload: { readonly sent: number; readonly size: number } | null;
  /** Maximum size of the response in bytes. */
  readonly limit: number;
  /** The error for a larger response. */
  readonly tooMuch: () => Error;
}

/**
 * Sends one request and collects the whole response. undici's `request` takes about 1.4 times the CPU time, because it
 * creates a stream and an AbortSignal per call, and does not report when the request starts, which {@link Overhead} has
 * to know. Rejects with undici's errors, a LateError, the signal's reason, `tooMuch`, or the error of {@link
 * Overhead}.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  bounds: Bounds,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const collector = new Collector(bounds, resolve, reject);
    if (collector.open()) dispatcher.dispatch(request, collector);
  });
}

class Collector implements Dispatcher.DispatchHandler {
  #controller: Dispatcher.DispatchController | null = null;
  #stopped: Error | null = null;
  #timer: NodeJS.Timeout | null = null;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  /** Receive buffer, doubled when it is full: many small chunks would each keep undici's read buffer alive. */
  #body = Buffer.alloc(0);
  #size = 0;
  readonly #overhead = new Overhead((why) => this.#abandon(why));

  constructor(
    private readonly bounds: Bounds,
    private readonly resolve: (answer: RawAnswer) => void,
    private readonly reject: (reason: Error) => void,
  ) {}

  /** False when the request must not be sent any more. */
  open(): boolean {
    const { signal, timeout } = this.bounds;
    if (signal.aborted) this.reject(signal.reason);
    else signal.addEventListener('abort', this.#aborted);
    if (!signal.aborted) this.#timer = setTimeout(this.#late, timeout);
    return !signal.aborted;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // It was aborted while it waited for a connection.
    if (this.#stopped) controller.abort(this.#stopped);
    else this.#overhead.start();
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (this.#stopped) return;
    if (status < 200) this.#overhead.interim();
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#stopped) return;
    this.#overhead.body(chunk.length);
    const size = this.#size + chunk.length;
    if (size > this.bounds.limit) {
      this.#abandon(this.bounds.tooMuch());
      return;
    }
    if (size > this.#body.length) this.#body = grown(this.#body, size);
    chunk.copy(this.#body, this.#size);
    this.#size = size;
  }

  onResponseEnd(): void {
    this.#close();
    const text = this.#body.toString('utf8', 0, this.#size);
    // undici frees the connection one event loop turn later: a request before that would open another connection.
    const answer = { status: this.#status, headers: this.#headers, text };
    setImmediate(() => setImmediate(this.resolve, answer));
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#close();
    this.reject(this.#stopped ?? error);
  }

  readonly #aborted = (): void => this.#stop(this.bounds.signal.reason);

  readonly #late = (): void => {
    const { timeout, upload } = this.bounds;
    const received = this.#status < 200 ? null : this.#size;
    this.#stop(new LateError({ after: timeout, received, upload }));
  };

  #stop(why: Error): void {
    this.#settle(why);
    this.#controller?.abort(why);
  }

  /**
   * Aborts while undici delivers a chunk. The abort waits until undici has processed what it has read: otherwise the end
   * of an aborted response fails an `assert` in undici, and Node parses the whole bundle to build its message.
   */
  #abandon(why: Error): void {
    this.#settle(why);
    setImmediate(() => this.#controller?.abort(why));
  }

  #settle(why: Error): void {
    this.#close();
    this.#stopped = why;
    this.reject(why);
  }

  #close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#overhead.end();
    this.bounds.signal.removeEventListener('abort', this.#aborted);
  }
}

function grown(body: Buffer, size: number): Buffer<ArrayBuffer> {
  const larger = Buffer.allocUnsafe(Math.max(size, 2 * body.length));
  body.copy(larger);
  return larger;
}

/**
 * Limits the bytes received for one response that are not its body: interim responses, chunk extensions, blank lines.
 * undici reads them without a limit and does not report most of them.
 */
export class Overhead {
  #socket: Socket | null = null;
  #before = 0;
  #body = 0;
  #interim = 0;

  /**
   * `tell` is called with the error, possibly more than once, and possibly while undici still processes what it has
   * read.
   */
  constructor(private readonly tell: (why: Error) => void) {}

  /** Call it when undici starts a request: undici writes the request first. */
  start(): void {
    subscribe(SENT, this.#sent);
  }

  interim(): void {
    this.#interim += 1;
    if (this.#interim > MOST_INTERIM) this.tell(tooManyInterim());
  }

  body(bytes: number): void {
    this.#body += bytes;
  }

  end(): void {
    unsubscribe(SENT, this.#sent);
    this.#socket?.off('readable', this.#read);
    this.#socket = null;
  }

  readonly #sent = (message: unknown): void => {
    unsubscribe(SENT, this.#sent);
    // undici's types describe the channel's messages; Node's types do not.
    const { socket } = message as DiagnosticsChannel.ClientSendHeadersMessage;
    this.#socket = socket;
    this.#before = socket.bytesRead;
    socket.on('readable', this.#read);
  };

  readonly #read = (): void => {
    const wire = (this.#socket?.bytesRead ?? 0) - this.#before;
    if (wire <= ALLOWANCE + PER_BYTE * this.#body) return;
    this.tell(overhead(`it sent ${wire} bytes to give ${this.#body} bytes of an answer`));
  };
}

function tooManyInterim(): Error {
  return overhead(`it sent more than ${MOST_INTERIM} interim answers (HTTP status 1xx)`);
}

function overhead(message: string): Error {
  return Object.assign(new Error(message), { code: OVERHEAD });
}
