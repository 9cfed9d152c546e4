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
