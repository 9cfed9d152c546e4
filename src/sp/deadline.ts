/**
 * One timer for many waits that follow each other and mostly end before their time: it is set when
 * it is needed first and moved only when it goes off too early.
 */
export class Deadline {
  readonly #onPassed: () => void;
  #timer: NodeJS.Timeout | null = null;
  #timerAt = 0;
  #at: number | null = null;

  constructor(onPassed: () => void) {
    this.#onPassed = onPassed;
  }

  /** `onPassed` comes after `ms`, unless it is set again or cleared before. */
  set(ms: number): void {
    this.#at = performance.now() + ms;
    if (this.#timer !== null && this.#timerAt <= this.#at) return;
    this.#stop();
    this.#start(ms);
  }

  clear(): void {
    this.#at = null;
  }

  /** Clears it for good. */
  close(): void {
    this.clear();
    this.#stop();
  }

  #start(ms: number): void {
    this.#timerAt = performance.now() + ms;
    this.#timer = setTimeout(() => this.#check(), ms);
    // What is waited for keeps the process alive, not the wait.
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
