/** What keeps an event loop awake while an answer is due. */
export class WakefulLoop {
  readonly #now: () => number;
  readonly #later: (turn: () => void) => void;
  readonly #window: number;
  /** On a single core the peer could not even begin. */
  readonly isUseful: boolean;
  #until = 0;
  #due = 0;
  #isTurning = false;

  /**
   * `now` in milliseconds; `later` calls after the next look at the sockets; `cores` that may be used;
   * `window`: the milliseconds that an answer is awaited.
   */
  constructor(now: () => number, later: (turn: () => void) => void, cores: number, window: number) {
    this.#now = now;
    this.#later = later;
    this.#window = window;
    this.isUseful = cores > 1;
  }

  /** The loop stays awake for one answer more; from when on. */
  stay(): number {
    const now = this.#now();
    this.#until = now + this.#window;
    this.#due += 1;
    if (!this.#isTurning) this.#turnLater();
    return now;
  }

  /** An answer that {@link stay} was called for is due no more. Whether it came in time. */
  leave(since: number): boolean {
    this.#due -= 1;
    return this.#now() - since <= this.#window;
  }

  readonly #turn = (): void => {
    this.#isTurning = false;
    if (this.#due > 0 && this.#now() < this.#until) this.#turnLater();
  };

  #turnLater(): void {
    this.#isTurning = true;
    this.#later(this.#turn);
  }
}
