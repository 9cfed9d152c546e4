/**
 * One timer for many consecutive waits that mostly end before their timeout: it is created on first use and moved only
 * when it fires too early.
 */
export class Deadline {
  readonly #onPassed: () => void;
  #timer: NodeJS.Timeout | null = null;
  #timerAt = 0;
  #at: number | null = null;

  constructor(onPassed: () => void) {
    this.#onPassed = onPassed;
  }

  /** `onPassed` is called after `ms`, unless the deadline is set again or cleared before. */
  set(ms: number): void {
    this.#at = performance.now() + ms;
    if (this.#timer !== null && this.#timerAt <= this.#at) return;
    this.#stop();
    this.#start(ms);
  }

  clear(): void {
    this.#at = null;
  }

  /** Clears the timer permanently. */
  close(): void {
    this.clear();
    this.#stop();
  }

  #start(ms: number): void {
    this.#timerAt = performance.now() + ms;
    this.#timer = setTimeout(() => this.#check(), ms);
    // The timer itself must not keep the process alive.
    this.#timer.unref();
  }

  #stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #check(): void {
    this.#timer = null;
    if (this.#at === null) return;
    const left = this.#at - performance.now();
    if (left > 0) {
      this.#start(Math.ceil(left));
    } else {
      this.#at = null;
      this.#onPassed();
    }
  }
}

/**
 * A signal that aborts with the first of `signals` (and its reason), or after `ms` with a TimeoutError. AbortSignal.any
 * holds its signals weakly, so in Node 20 AbortSignal.timeout inside it may never fire (nodejs/node#57736). Here the
 * timer holds the signal.
 */
export function signalWithin(ms: number, ...signals: readonly AbortSignal[]): AbortSignal {
  const limit = new AbortController();
  const late = () => limit.abort(new DOMException('it took too long', 'TimeoutError'));
  setTimeout(late, ms).unref();
  return AbortSignal.any([...signals, limit.signal]);
}

/** Returns the promise's outcome, or `late` when it has not settled after `ms`; clears its timer. */
export async function withTimeout<T, Late>(
  promise: Promise<T>,
  ms: number,
  late: Late,
): Promise<T | Late> {
  let timer: NodeJS.Timeout | undefined;
  const timeouts = new Promise<Late>((resolve) => {
    timer = setTimeout(() => resolve(late), ms);
  });
  try {
    return await Promise.race([promise, timeouts]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * True when `work` resolves within `ms`; false after that time, without cancelling it. Rejects when `work` rejects in
 * time.
 */
export function resolvesWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  return withTimeout(
    work.then(() => true),
    ms,
    false,
  );
}

/** True when all works have resolved or rejected within `ms`; never rejects. */
export function settlesWithin(ms: number, works: readonly Promise<unknown>[]): Promise<boolean> {
  return resolvesWithin(ms, Promise.allSettled(works));
}
