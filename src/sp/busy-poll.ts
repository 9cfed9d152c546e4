import { availableParallelism } from 'node:os';

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

/** Answers that are looked at together. */
const SAMPLE = 32;

/** Answers until it is tried again: few at first, ever more while it stays so. */
const FIRST_PAUSE = 256;

const LONGEST_PAUSE = 4096;

/** Whether enough answers of a peer come in time, from what it did of late. */
export class Promptness {
  readonly #mostLate: number;
  /** Whether the next answer is to be expected in time, or it is to be tried. */
  isPrompt = true;
  #pause = FIRST_PAUSE;
  #untried = 0;
  #seen = 0;
  #late = 0;

  /** More late answers than `mostLate` in a sample of 32, and the peer is not prompt. */
  constructor(mostLate: number) {
    this.#mostLate = mostLate;
  }

  /** An answer came, in time or not; that says nothing while {@link isPrompt} is false. */
  came(isInTime: boolean): void {
    if (!this.isPrompt) this.#rest();
    else if (isInTime) this.#look();
    else this.#count();
  }

  #rest(): void {
    this.#untried -= 1;
    this.isPrompt = this.#untried === 0;
  }

  #count(): void {
    this.#late += 1;
    if (this.#late <= this.#mostLate) this.#look();
    else this.#abandon();
  }

  #look(): void {
    this.#seen += 1;
    if (this.#seen < SAMPLE) return;
    this.#pause = FIRST_PAUSE;
    this.#begin();
  }

  #abandon(): void {
    this.isPrompt = false;
    this.#untried = this.#pause;
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
    this.#begin();
  }

  #begin(): void {
    this.#seen = 0;
    this.#late = 0;
  }
}

/** A peer that is quick at all answers within this time. */
const WINDOW_MS = 0.2;

/** One for the process, as its event loop is. */
const OWN = new WakefulLoop(
  () => performance.now(),
  setImmediate,
  availableParallelism(),
  WINDOW_MS,
);

/**
 * How many of 32 answers may come late before a peer is waited for asleep. Who asks gains by each that comes in
 * time and has nothing else to do. Who serves leaves its core sooner: with two cores it happens, in eKuiper for
 * one, that the peer only gets on when a core is abandoned. Measured in both (`npm run bench -- host sdk`).
 */
export const LATE_ANSWERS = { whoAsks: SAMPLE - 1, whoServes: SAMPLE / 4 } as const;

/**
 * Waits for a peer's answers awake (busy polling), for 0.2 ms an answer at most, where enough of them come in that
 * time: most of a function call can be two processes that fall asleep in turn. A peer that is slow or silent costs
 * less than 2 µs a message in the long run.
 */
export class BusyPoll {
  readonly #loop: WakefulLoop;
  readonly #peer: Promptness;
  /** Since when an answer is awaited awake. */
  #since: number | null = null;
  #isDue = false;
  #isOver: boolean;

  /** `mostLate`: see {@link LATE_ANSWERS}. */
  constructor(mostLate: number, loop: WakefulLoop = OWN) {
    this.#peer = new Promptness(mostLate);
    this.#loop = loop;
    this.#isOver = !loop.isUseful;
  }

  /** Something was sent that the peer answers. */
  expect(): void {
    if (this.#isOver || this.#isDue) return;
    this.#isDue = true;
    if (this.#peer.isPrompt) this.#since = this.#loop.stay();
  }

  /** The answer came. */
  came(): void {
    if (this.#isDue) this.#peer.came(this.#leave());
    this.#isDue = false;
  }

  /** The connection is gone: nothing comes any more, whatever is sent. */
  end(): void {
    this.#isOver = true;
    this.#leave();
  }

  /** Whether what was awaited awake came in time. */
  #leave(): boolean {
    const since = this.#since;
    this.#since = null;
    return since !== null && this.#loop.leave(since);
  }
}
