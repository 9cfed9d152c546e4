import { setTimeout as sleep } from 'node:timers/promises';
import { durationText } from '../../model/duration.ts';
import { CaseFailure } from './failure.ts';

/** How often something is looked at that cannot tell by itself, such as a file. */
const LOOK_EVERY_MS = 20;

/** What was waited for did not come in time. */
export class OutOfTime extends CaseFailure {
  override name = 'OutOfTime';
}

/** The time that a case has, and whatever else ends it early. */
export class Deadline {
  readonly ms: number;
  readonly #ends: number;
  readonly #now: () => number;
  /** Rejects when the case has to end now: the user's Ctrl-C, the plugin's crash. */
  readonly #interrupted: Promise<never>;

  constructor(ms: number, now: () => number, interrupted: Promise<never>) {
    this.ms = ms;
    this.#now = now;
    this.#ends = now() + ms;
    this.#interrupted = interrupted;
  }

  /** For people: `5 s`. */
  get text(): string {
    return durationText(this.ms);
  }

  /** Waits for the promise; throws CaseFailure when the time is over first. */
  async wait<T>(promise: Promise<T>, what: string): Promise<T> {
    const timeout = new AbortController();
    const left = Math.max(0, this.#ends - this.#now());
    try {
      return await Promise.race([
        promise,
        this.#interrupted,
        sleep(left, null, { signal: timeout.signal }).then(() => {
          throw new OutOfTime(`${what}: not within ${this.text}`);
        }),
      ]);
    } finally {
      timeout.abort();
    }
  }

  /**
   * Looks again and again until there is nothing to complain about any more. Resolves with the last complaint,
   * null when there is none, when the time (or the given share of what is left of it) is over.
   */
  async until<T>(look: () => Promise<T | null>, share = 1): Promise<T | null> {
    const end = this.#now() + (this.#ends - this.#now()) * share;
    for (;;) {
      const complaint = await look();
      if (complaint === null || this.#now() >= end) return complaint;
      await Promise.race([sleep(LOOK_EVERY_MS), this.#interrupted]);
    }
  }
}
