import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cycles, startCycles } from '../../../src/dev/cycles.ts';

/** Something that was begun and waits for the test to end it. */
interface Held {
  end(error?: Error): void;
}

/** A scheduler whose pauses and cycles end when the test says so, and a diary of what it did. */
class Bench {
  readonly cycles: Cycles;
  changes = 0;
  /** For each cycle, how many changes had been said when it began. */
  readonly begunAt: number[] = [];
  readonly errors: unknown[] = [];
  pause: Held | null = null;
  cycle: Held | null = null;
  /** More than one at a time, ever. */
  overlapped = false;

  constructor() {
    this.cycles = startCycles({
      pause: (signal) =>
        this.#held(signal, (held) => {
          this.pause = held;
        }),
      run: (number) => {
        if (this.cycle !== null) this.overlapped = true;
        this.begunAt.push(this.changes);
        expect(number).toBe(this.begunAt.length);
        return this.#held(null, (held) => {
          this.cycle = held;
        });
      },
      onError: (error) => this.errors.push(error),
    });
  }

  changed(): void {
    this.changes += 1;
    this.cycles.changed();
  }

  async endPause(): Promise<void> {
    this.pause?.end();
    await settled();
  }

  async endCycle(error?: Error): Promise<void> {
    this.cycle?.end(error);
    await settled();
  }

  /** Lets everything that was begun come to its end. */
  async drain(): Promise<void> {
    await settled();
    while (this.pause !== null || this.cycle !== null) {
      await this.endPause();
      await this.endCycle();
    }
  }

  #held(signal: AbortSignal | null, keep: (held: Held | null) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => end();
      const end = (error?: Error): void => {
        signal?.removeEventListener('abort', onAbort);
        keep(null);
        if (error === undefined) resolve();
        else reject(error);
      };
      keep({ end });
      signal?.addEventListener('abort', onAbort);
    });
  }
}

/** All that promises can do by themselves has been done. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

const step = fc.oneof(
  { weight: 4, arbitrary: fc.constant('change' as const) },
  { weight: 2, arbitrary: fc.constant('pause ends' as const) },
  { weight: 2, arbitrary: fc.constant('cycle ends' as const) },
  { weight: 1, arbitrary: fc.constant('cycle fails' as const) },
);

async function play(bench: Bench, steps: readonly string[]): Promise<void> {
  for (const one of steps) {
    if (one === 'change') bench.changed();
    if (one === 'pause ends') await bench.endPause();
    if (one === 'cycle ends') await bench.endCycle();
    if (one === 'cycle fails') await bench.endCycle(new Error('failed'));
  }
}

test('every change is followed by a cycle that began after it, one at a time, none for nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const bench = new Bench();
      await play(bench, steps);
      await bench.drain();
      expect(bench.overlapped).toBe(false);
      // The last cycle saw the last change; each one saw something that the one before had not.
      expect(bench.begunAt.at(-1) ?? 0).toBe(bench.changes);
      const sawMore = bench.begunAt.every((seen, index) => seen > (bench.begunAt[index - 1] ?? 0));
      expect(sawMore).toBe(true);
    }),
  );
});

test('whenever it is closed, what runs is waited for and nothing begins any more', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 30 }),
      fc.array(step, { maxLength: 10 }),
      async (before, after) => {
        const bench = new Bench();
        await play(bench, before);
        const begun = bench.begunAt.length;
        const runs = bench.cycle !== null;
        let closed = false;
        const closing = bench.cycles.close().then(() => {
          closed = true;
        });
        await settled();
        expect(closed).toBe(!runs);
        for (const one of after) if (one === 'change') bench.changed();
        await bench.drain();
        await closing;
        await bench.cycles.close();
        expect(bench.begunAt).toHaveLength(begun);
      },
    ),
  );
});

test('a burst becomes one cycle, and changes during a cycle become just one more', async () => {
  const bench = new Bench();
  for (let count = 0; count < 5; count += 1) bench.changed();
  // The first pause met changes, so there is a second one.
  await bench.endPause();
  expect(bench.begunAt).toEqual([]);
  await bench.endPause();
  expect(bench.begunAt).toEqual([5]);
  for (let count = 0; count < 7; count += 1) bench.changed();
  expect(bench.begunAt).toEqual([5]);
  await bench.drain();
  expect(bench.begunAt).toEqual([5, 12]);
});

test('changes put a cycle off, but not for ever', async () => {
  const bench = new Bench();
  bench.changed();
  let pauses = 0;
  while (bench.begunAt.length === 0) {
    bench.changed();
    pauses += 1;
    expect(pauses).toBeLessThan(100);
    await bench.endPause();
  }
  expect(pauses).toBeGreaterThan(1);
});

test('a cycle that fails is told and ends nothing else', async () => {
  const bench = new Bench();
  bench.changed();
  await bench.endPause();
  await bench.endCycle(new Error('broken'));
  expect(bench.errors).toEqual([new Error('broken')]);
  bench.changed();
  await bench.drain();
  expect(bench.begunAt).toEqual([1, 2]);
});

test('a cycle that throws before it begins to wait counts as failed', async () => {
  const errors: unknown[] = [];
  const cycles = startCycles({
    pause: () => Promise.resolve(),
    run: () => {
      throw new Error('at once');
    },
    onError: (error) => errors.push(error),
  });
  cycles.changed();
  await settled();
  expect(errors).toEqual([new Error('at once')]);
  await cycles.close();
});

test('the cycle that runs is told when it is closed', async () => {
  let aborted = false;
  const cycles = startCycles({
    pause: () => Promise.resolve(),
    run: (_, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          aborted = true;
          resolve();
        });
      }),
    onError: () => undefined,
  });
  cycles.changed();
  await settled();
  await cycles.close();
  expect(aborted).toBe(true);
});
