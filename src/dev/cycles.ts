/** What a scheduler of cycles does to the world; all of it comes from outside. */
export interface CycleEffects {
  /** A moment in which further changes join the cycle that is about to begin; ends early with the signal. */
  readonly pause: (signal: AbortSignal) => Promise<void>;
  /** One cycle, numbered from 1. What it throws goes to {@link CycleEffects.onError} and ends only this cycle. */
  readonly run: (cycle: number, signal: AbortSignal) => Promise<void>;
  readonly onError: (error: unknown, cycle: number) => void;
}

export interface Cycles {
  /** Something changed: a cycle that begins after this call will see it. */
  changed(): void;
  /** Begins no further cycle, aborts the one that runs and resolves when it has ended. May be called again. */
  close(): Promise<void>;
}

/** A file that is written all the time must not put its cycle off for ever. */
const MOST_PAUSES = 20;

/**
 * Decides when cycles run: every change is followed by one that began after it, one runs at a time, a burst of
 * changes becomes one, changes during a cycle become just one more, and without a change nothing runs.
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
    // Called in an async function so that one that throws before its promise is caught as well.
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
