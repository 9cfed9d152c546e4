import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { Overhead } from './overhead.ts';

/** A response, not decoded. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Bounds {
  /** Aborts the exchange with its reason. */
  readonly signal: AbortSignal;
  /** Timeout in milliseconds for the whole exchange, connecting included; null: undici's own timeouts apply. */
  readonly timeout: number | null;
  /** Maximum size of the response in bytes. */
  readonly limit: number;
  /** The error for a larger response. */
  readonly tooMuch: () => Error;
}

/**
 * Sends one request and collects the whole response. undici's `request` takes about 1.4 times the CPU time, because it
 * creates a stream and an AbortSignal per call, and does not report when the request starts, which {@link Overhead} has
 * to know. Rejects with undici's errors, a TimeoutError, the signal's reason, `tooMuch`, or the error of {@link
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
    if (!signal.aborted && timeout !== null) this.#timer = setTimeout(this.#late, timeout);
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

  readonly #late = (): void => this.#stop(new DOMException('it took too long', 'TimeoutError'));

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
