const SECONDS = 5;

/** How many times a second something happens, over the last five seconds; memory does not grow with the rate. */
export class Rate {
  readonly #counts: number[] = new Array<number>(SECONDS).fill(0);
  readonly #begin: number;
  #second: number;

  /** `now`: milliseconds, as for the other calls. */
  constructor(now: number) {
    this.#begin = now;
    this.#second = Math.floor(now / 1000);
  }

  add(now: number): void {
    this.#forget(now);
    const slot = this.#second % SECONDS;
    this.#counts[slot] = (this.#counts[slot] ?? 0) + 1;
  }

  /** Rounded to a tenth. */
  perSecond(now: number): number {
    this.#forget(now);
    const sum = this.#counts.reduce((all, one) => all + one, 0);
    // The slot of the present second is not full yet; a rate that just began has fewer slots behind it.
    const window = Math.min(SECONDS - 1 + (now % 1000) / 1000, (now - this.#begin) / 1000);
    return Math.round((sum / Math.max(1, window)) * 10) / 10;
  }

  #forget(now: number): void {
    const second = Math.floor(now / 1000);
    const passed = Math.min(second - this.#second, SECONDS);
    for (let step = 1; step <= passed; step += 1) {
      this.#counts[(this.#second + step) % SECONDS] = 0;
    }
    if (passed > 0) this.#second = second;
  }
}
