import { setTimeout as sleep } from 'node:timers/promises';
import { HostRefusal } from '../../emulator/runtime/refusal.ts';
import type { RuleMeta, SymbolHost } from '../../emulator/runtime/symbol-contract.ts';
import { durationText } from '../../model/duration.ts';
import { refuseMachineLimit } from '../../model/machine-limit.ts';
import type { ErrorExpectation } from '../case/case.ts';
import type { Difference } from '../case/result.ts';
import { errorDifference, showError } from '../expect/difference.ts';
import type { HttpListener } from './http-listener.ts';
import type { Fill } from './placeholders.ts';

/**
 * Matches the host's own error texts for a plugin that does not answer; a function's error may mention a timeout as
 * well.
 */
const SILENCE = /^(?:time out, plugin |send time out)|receive time out|^kplugin: no answer /m;

/** The polling interval for what has no event, such as the content of a file. */
const LOOK_EVERY_MS = 20;

/** The environment of one case: its own rule, directory, listener and timeout. */
export interface CaseContext {
  readonly host: SymbolHost;
  readonly meta: RuleMeta;
  readonly deadline: Deadline;
  readonly fill: Fill;
  /** Null when the case uses none. */
  readonly http: HttpListener | null;
  /** Called before a source or sink is stopped: what its threads print from then on is no error of the case. */
  readonly onStopping: () => void;
}

/** A failed case; converted to a result, never thrown to the caller of the suite. */
export class CaseFailure extends Error {
  override name = 'CaseFailure';
  readonly difference: Difference | null;
  readonly hint: string;

  constructor(message: string, difference: Difference | null = null, hint = '') {
    super(message);
    this.difference = difference;
    this.hint = hint;
  }
}

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

interface Stoppable {
  stop(): Promise<void>;
}

/** Returns the running source or sink; null when it was expected to fail and did. Throws CaseFailure. */
export async function started<T extends Stoppable>(
  kind: 'source' | 'sink',
  { symbol, error }: { readonly symbol: string; readonly error: ErrorExpectation | null },
  opening: Promise<T>,
  { deadline, fill }: CaseContext,
): Promise<T | null> {
  try {
    return await deadline.wait(opening, `start ${symbol}`);
  } catch (thrown) {
    // It may still start after the timeout, when no caller waits any more.
    void opening.then((late) => late.stop()).catch(() => undefined);
    if (thrown instanceof CaseFailure) throw thrown;
    if (error === null || isSilence(thrown)) {
      throw new CaseFailure(`the ${kind} does not start: ${wordsOf(thrown)}`);
    }
    expectNone(errorDifference(fill.error(error), wordsOf(thrown)), `not ${showError(error)}`);
    return null;
  }
}

/** Throws when there is a difference. */
export function expectNone(difference: Difference | null, message = ''): void {
  if (difference) throw new CaseFailure(message, difference);
}

/**
 * The message of an error; for any other thrown value its text. Throws MachineLimit when that is the cause, because it
 * says nothing about the plugin.
 */
export function wordsOf(thrown: unknown): string {
  refuseMachineLimit(thrown);
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Whether the plugin gave no answer at all, not even an error. */
export function isSilence(thrown: unknown): boolean {
  return thrown instanceof HostRefusal && SILENCE.test(thrown.message);
}
