import { setTimeout as sleep } from 'node:timers/promises';
import { durationText } from '../../model/duration.ts';
import { CaseFailure } from './failure.ts';

/** The polling interval for what has no event, such as the content of a file. */
const LOOK_EVERY_MS = 20;

/** A timeout. */
export class OutOfTime extends CaseFailure {
  override name = 'OutOfTime';
}

/** The timeout of a case, and the events that end it early. */
export class Deadline {
  readonly ms: number;
  readonly #ends: number;
  readonly #now: () => number;
  /** Rejects when the case must end early: Ctrl-C, or a crash of the plugin. */
  readonly #interrupted: Promise<never>;

  constructor(ms: number, now: () => number, interrupted: Promise<never>) {
    this.ms = ms;
    this.#now = now;
    this.#ends = now() + ms;
    this.#interrupted = interrupted;
  }

  /** The timeout as text: `5 s`. */
  get text(): string {
    return durationText(this.ms);
  }

  /** Waits for the promise. Throws CaseFailure on a timeout. */
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
   * Polls `look` until it reports no difference. Resolves to null, or to the last difference when the time (or the
   * given share of the remaining time) is over.
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
