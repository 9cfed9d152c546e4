import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { Overhead } from './overhead.ts';

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Bounds {
  /** Breaks off with its reason. */
  readonly signal: AbortSignal;
  /** Milliseconds for the whole exchange, connecting included; null when undici's own limits hold. */
  readonly timeout: number | null;
  /** The most bytes of an answer that are taken. */
  readonly limit: number;
  /** What to reject with beyond it. */
  readonly tooMuch: () => Error;
}

/**
 * Sends one request and collects its whole answer. undici's `request` takes about 1.4 times the CPU time, for a stream
 * and an AbortSignal per call, and does not tell when the request starts, which {@link Overhead} has to know. Rejects
 * with undici's errors, a TimeoutError, the signal's reason, `tooMuch`, or what {@link Overhead} tells.
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
  /** Room for what came, doubled when it is full: chunks of a byte would each keep what undici read with them. */
  #body = Buffer.alloc(0);
  #size = 0;
  readonly #overhead = new Overhead((why) => this.#abandon(why));

  constructor(
    private readonly bounds: Bounds,
    private readonly resolve: (answer: RawAnswer) => void,
    private readonly reject: (reason: Error) => void,
  ) {}

  /** False when there is nothing to be sent any more. */
  open(): boolean {
    const { signal, timeout } = this.bounds;
    if (signal.aborted) this.reject(signal.reason);
    else signal.addEventListener('abort', this.#aborted);
    if (!signal.aborted && timeout !== null) this.#timer = setTimeout(this.#late, timeout);
    return !signal.aborted;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // It was abandoned while it waited for its connection.
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
    // undici frees the connection one turn of the loop later: who asks again before that opens another one.
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
   * While undici hands over a piece. It must not be broken off before it is through with what it has read: the end of
   * an answer that is aborted fails an `assert` of undici, and Node parses the whole bundle to word that failure.
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
