/** The callbacks of a scheduler of cycles. */
export interface CycleEffects {
  /** A pause before a cycle, so that further changes join it; ends early when the signal aborts. */
  readonly pause: (signal: AbortSignal) => Promise<void>;
  /** Runs one cycle, numbered from 1. An error goes to {@link CycleEffects.onError} and ends only this cycle. */
  readonly run: (cycle: number, signal: AbortSignal) => Promise<void>;
  readonly onError: (error: unknown, cycle: number) => void;
}

export interface Cycles {
  /** Reports a change: a cycle that starts after this call will include it. */
  changed(): void;
  /** Starts no further cycle, aborts the running one and resolves when it has ended. Can be called again. */
  close(): Promise<void>;
}

/** The maximum number of pauses, so that a file that is written all the time cannot postpone its cycle forever. */
const MOST_PAUSES = 20;

/**
 * Schedules cycles: every change is followed by a cycle that starts after it, one cycle runs at a time, a burst of
 * changes becomes one cycle, changes during a cycle become one more, and without a change nothing runs.
 */
export function startCycles(effects: CycleEffects): Cycles {
  const closing = new AbortController();
  const { signal } = closing;
  let changes = 0;
  let seen = 0;
  let cycle = 0;
  let loop: Promise<void> | null = null;

  const settle = async (): Promise<void> => {
    for (let round = 0; round < MOST_PAUSES && !signal.aborted; round += 1) {
      const before = changes;
      await effects.pause(signal);
      if (before === changes) return;
    }
  };

  const runOne = async (): Promise<void> => {
    await settle();
    if (signal.aborted) return;
    seen = changes;
    cycle += 1;
    const number = cycle;
    // Called in an async function so that a synchronous exception is caught as well.
    const run = async (): Promise<void> => effects.run(number, signal);
    await run().catch((error: unknown) => effects.onError(error, number));
  };

  const runAll = async (): Promise<void> => {
    while (seen !== changes && !signal.aborted) await runOne();
    loop = null;
  };

  return {
    changed() {
      if (signal.aborted) return;
      changes += 1;
      loop ??= runAll();
    },
    async close() {
      closing.abort();
      await loop;
    },
  };
}
