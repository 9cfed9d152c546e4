import type { OpenFunction, OpenSink, RuleMeta } from '../runtime/contract.ts';

/** The rows that eKuiper's own test server sends to a sink that it started, one after the other, unchanged. */
export const SAMPLE_ROWS = ['{"count":5,"name":"hello"}', '{"count":10,"name":"world"}'] as const;

/** The arguments with which it calls a function. */
export const SAMPLE_ARGS = [['twelve'], ['eleven']] as const;

const EVERY_MS = 1000;

export interface Sampling {
  /** Resolves after the milliseconds, or at once when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  /** Called for a failed sample; the next one is sent anyway. */
  readonly onError: (error: unknown) => void;
}

/**
 * Sends the sample rows to a sink, one per second, until the signal aborts. Source: docs/wire.md#plugin-test-server.
 */
export function sampleSink(sink: OpenSink, sampling: Sampling): Promise<void> {
  return repeat(SAMPLE_ROWS, (row) => sink.send(row), sampling);
}

/** Calls a function with the sample arguments, once per second, until the signal aborts. */
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
        // A sample in progress fails when it is stopped.
        if (!signal.aborted) onError(error);
      });
      await sleep(EVERY_MS, signal);
    }
  }
}
