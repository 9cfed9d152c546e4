import { availableParallelism } from 'node:os';
import { Promptness } from './promptness.ts';
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
 * Waits for a peer's answers awake (busy polling), for 0.2 ms an answer at most, where nearly all come in that
 * time. Most of a function call can be two processes that fall asleep in turn. But with two cores it happens,
 * in eKuiper for one, that the peer only gets on when its core is given up: then answers come late, and are
 * waited for asleep. So a peer that is slow or silent costs less than 1 µs a message in the long run.
 */
export class BusyPoll {
  readonly #loop: WakefulLoop;
  readonly #peer = new Promptness();
  /** Since when an answer is awaited awake. */
  #since: number | null = null;
  #isDue = false;
  #isOver: boolean;

  constructor(loop: WakefulLoop = OWN) {
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
