import { availableParallelism } from 'node:os';
import { Promptness, SAMPLE } from './promptness.ts';
import { WakefulLoop } from './wakeful-loop.ts';

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
 * one, that the peer only gets on when a core is given up. Measured in both (`npm run bench -- host sdk`).
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
