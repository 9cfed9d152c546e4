import { HostRefusal } from '../runtime/refusal.ts';
import type { OpenFunction, OpenSink, RuleMeta } from '../runtime/symbol-contract.ts';
import type { Control } from './symbol-body.ts';
import type { Opened, SymbolWorld } from './symbol-world.ts';

/** The rows that eKuiper's own test server sends to a sink that it started, one after the other, unchanged. */
const SAMPLE_ROWS = ['{"count":5,"name":"hello"}', '{"count":10,"name":"world"}'] as const;

/** The arguments with which it calls a function. */
const SAMPLE_ARGS = [['twelve'], ['eleven']] as const;

const EVERY_MS = 1000;

interface Opening {
  readonly host: SymbolWorld;
  readonly control: Control;
  readonly meta: RuleMeta;
  /** Whether samples are sent until the symbol is stopped. */
  readonly samples: boolean;
  readonly sleep: Sampling['sleep'];
  readonly fail: (text: string) => void;
}

export interface Sampling {
  /** Resolves after the milliseconds, or at once when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  /** Called for a failed sample; the next one is sent anyway. */
  readonly onError: (error: unknown) => void;
}

/** Starts a source with the config of the body, or with the configuration that eKuiper would make of its YAML. */
export async function openSource({ host, control, meta, fail }: Opening): Promise<Opened> {
  const { symbol, confKey, dataSource } = control;
  const config =
    control.config ??
    (await host.sourceConfig({
      source: symbol,
      ...(confKey === null ? {} : { confKey }),
      ...(dataSource === null ? {} : { dataSource }),
    }));
  const source = await host.openSource({
    symbol,
    meta,
    config,
    ...(dataSource === null ? {} : { dataSource }),
    // The feed has the rows already.
    onMessage: () => undefined,
    onFault: fail,
  });
  return { config, sink: null, stop: () => source.stop() };
}

/** Starts a sink and, if requested, its sample rows. */
export async function openSink(opening: Opening): Promise<Opened> {
  const { host, control, meta, samples } = opening;
  const { symbol } = control;
  const config = control.config ?? {};
  const sink = await host
    .openSink({ symbol, meta, config })
    .catch((error: unknown) => refuse(`open sink ${symbol}`, error));
  const stopping = new AbortController();
  if (samples) void sampleSink(sink, samplingOf(opening, stopping));
  const stop = async (): Promise<void> => {
    stopping.abort();
    await sink.stop();
  };
  return { config, sink, stop };
}

/** Starts a function and its sample calls. Stopping ends only the calls, because no host stops a function. */
export async function openFunction(opening: Opening): Promise<Opened> {
  const { host, control, meta, samples } = opening;
  const open = await host
    .openFunction(control.symbol)
    .catch((error: unknown) => refuse(`running function ${control.symbol}`, error));
  const stopping = new AbortController();
  if (samples) void sampleFunction(open, meta, samplingOf(opening, stopping));
  const stop = (): Promise<void> => {
    stopping.abort();
    return Promise.resolve();
  };
  return { config: null, sink: null, stop };
}

function samplingOf({ sleep, fail, control }: Opening, stopping: AbortController): Sampling {
  return {
    sleep,
    signal: stopping.signal,
    // The feed has a function's error as the result of its call.
    onError: (error) => {
      if (control.kind === 'sink') fail(error instanceof Error ? error.message : String(error));
    },
  };
}

function refuse(prefix: string, error: unknown): never {
  if (!(error instanceof HostRefusal)) throw error;
  throw new HostRefusal(`${prefix} ${error.message}`, { cause: error });
}

/**
 * Sends the sample rows to a sink, one per second, until the signal aborts. Source: docs/wire.md#plugin-test-server.
 */
function sampleSink(sink: OpenSink, sampling: Sampling): Promise<void> {
  return repeat(SAMPLE_ROWS, (row) => sink.send(row), sampling);
}

/** Calls a function with the sample arguments, once per second, until the signal aborts. */
function sampleFunction(open: OpenFunction, meta: RuleMeta, sampling: Sampling): Promise<void> {
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
