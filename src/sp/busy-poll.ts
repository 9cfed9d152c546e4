import { availableParallelism } from 'node:os';

/**
 * A peer that is quick at all answers within this time. To be woken up costs nearly as much, above all on
 * virtual machines: there most of a function call was two processes falling asleep in turn.
 */
const WINDOW_MS = 0.2;
const MOST_SKIPPED = 32;

/** What keeps an event loop awake while an answer is due. */
export class WakefulLoop {
  readonly #now: () => number;
  readonly #later: (turn: () => void) => void;
  readonly #isUseful: boolean;
  #until = 0;
  #due = 0;
  #isTurning = false;

  /** `now` in milliseconds; `later` calls after the next look at the sockets; `cores` that may be used. */
  constructor(now: () => number, later: (turn: () => void) => void, cores: number) {
    this.#now = now;
    this.#later = later;
    // On a single core the peer could not even begin.
    this.#isUseful = cores > 1;
  }

  /** The time, once the loop stays awake for one answer more; null when that would be no use. */
  stay(): number | null {
    if (!this.#isUseful) return null;
    const now = this.#now();
    this.#until = now + WINDOW_MS;
    this.#due += 1;
    if (!this.#isTurning) this.#turnLater();
    return now;
  }

  /** An answer that {@link stay} was called for is due no more. Whether it came in time. */
  leave(since: number): boolean {
    this.#due -= 1;
    return this.#now() - since <= WINDOW_MS;
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

/** One for the process, as its event loop is. */
const OWN = new WakefulLoop(() => performance.now(), setImmediate, availableParallelism());

/**
 * What a connection knows of its peer: whether it pays to wait for it awake (busy polling). It does while
 * answers come within 0.2 ms; each that does not doubles the number of answers that are waited for asleep
 * before the next try, up to 32. So a peer that is slow or silent costs 6 µs a message at most.
 */
export class BusyPoll {
  readonly #loop: WakefulLoop;
  #since: number | null = null;
  #skip = 0;
  #penalty = 1;
  #isOver = false;

  constructor(loop: WakefulLoop = OWN) {
    this.#loop = loop;
  }

  /** Something was sent that the peer answers. */
  expect(): void {
    if (this.#isOver || this.#since !== null) return;
    if (this.#skip > 0) this.#skip -= 1;
    else this.#since = this.#loop.stay();
  }

  /** The answer came. */
  came(): void {
    if (this.#since === null) return;
    const wasQuick = this.#loop.leave(this.#since);
    this.#since = null;
    this.#penalty = wasQuick ? 1 : Math.min(this.#penalty * 2, MOST_SKIPPED);
    this.#skip = wasQuick ? 0 : this.#penalty;
  }

  /** The connection is gone: nothing comes any more, whatever is sent. */
  end(): void {
    this.#isOver = true;
    if (this.#since !== null) this.#loop.leave(this.#since);
    this.#since = null;
  }
}
