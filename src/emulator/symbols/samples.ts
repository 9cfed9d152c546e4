import type { OpenFunction, OpenSink, RuleMeta } from '../runtime/contract.ts';

/** What eKuiper's own test server sends a sink that it started, one after the other, each as it stands here. */
export const SAMPLE_ROWS = ['{"count":5,"name":"hello"}', '{"count":10,"name":"world"}'] as const;

/** The arguments that it calls a function with. */
export const SAMPLE_ARGS = [['twelve'], ['eleven']] as const;

const EVERY_MS = 1000;

export interface Sampling {
  /** Resolves after so many milliseconds, or at once when the signal comes. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  /** A sample that failed; the next one follows all the same. */
  readonly onError: (error: unknown) => void;
}

/** Sends a sink the sample rows, one each second, until the signal. Source: docs/wire.md#plugin-test-server. */
export function sampleSink(sink: OpenSink, sampling: Sampling): Promise<void> {
  return repeat(SAMPLE_ROWS, (row) => sink.send(row), sampling);
}

/** Calls a function with the sample arguments, once each second, until the signal. */
export function sampleFunction(
  open: OpenFunction,
  meta: RuleMeta,
  sampling: Sampling,
): Promise<void> {
  const context = { ...meta, funcId: 1 };
  return repeat(SAMPLE_ARGS, (args) => open.exec(args, context), sampling);
}

async function repeat<T>(
  samples: readonly T[],
  use: (sample: T) => Promise<unknown>,
  { sleep, signal, onError }: Sampling,
): Promise<void> {
  while (!signal.aborted) {
    for (const sample of samples) {
      if (signal.aborted) return;
      await use(sample).catch((error: unknown) => {
        // What is still under way when it is stopped fails because of that.
        if (!signal.aborted) onError(error);
      });
      await sleep(EVERY_MS, signal);
    }
  }
}
