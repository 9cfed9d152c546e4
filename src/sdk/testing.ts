import { type Config, type Log, type Row, Stopped } from './api/context.ts';
import type { FunctionSpec } from './api/function.ts';
import type { SinkSpec } from './api/sink.ts';
import type { SourceSpec } from './api/source.ts';
import { Calls } from './runtime/call.ts';
import { errorText } from './runtime/errors.ts';
import {
  configureSink,
  configureSource,
  makeFunction,
  makeSink,
  makeSource,
  type ReadySink,
  type SourceContextBase,
} from './runtime/make.ts';
import { ReceivedBatch, rowText } from './runtime/rows.ts';

const nothing = () => undefined;

/** Discards log output, which is not part of a symbol's test. */
const QUIET: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

const RULE = { ruleId: 'test', opId: 'test', instanceId: 0 } as const;

export interface CollectOptions {
  readonly config?: Config;
  readonly dataSource?: string;
  /** Stops after this number of rows, also when `open` has returned before; default: stops when `open` returns. */
  readonly count?: number;
  /** Stops the source earlier. */
  readonly signal?: AbortSignal;
}

/** A row and its meta as eKuiper gets them: encoded and decoded as JSON. */
export interface CollectedRow {
  readonly row: Row;
  readonly meta: Row | null;
}

/**
 * Runs a source without a host, and stops it as eKuiper would. Throws what `configure`, `open` and `close` throw, and
 * errors that the source reports with `emitError`.
 */
export async function collectRows(
  spec: SourceSpec,
  options: CollectOptions = {},
): Promise<CollectedRow[]> {
  const source = makeSource(spec);
  const open = await configureSource(source, options.config ?? {});
  const run = new Run(options);
  await run.until(async () => open(run.base));
  await source.close?.();
  return run.result();
}

class Run {
  readonly base: SourceContextBase;
  readonly #options: CollectOptions;
  readonly #stopping = new AbortController();
  readonly #rows: CollectedRow[] = [];
  readonly #failures: unknown[] = [];

  constructor(options: CollectOptions) {
    this.#options = options;
    const { signal } = this.#stopping;
    options.signal?.addEventListener('abort', () => this.#stop(), { once: true });
    this.base = {
      rule: RULE,
      dataSource: options.dataSource ?? '',
      signal,
      log: QUIET,
      emit: (row, meta) => this.#emit(row, meta),
      emitError: async (error) => this.#fail(error),
    };
  }

  async until(open: () => Promise<unknown>): Promise<void> {
    const { signal } = this.base;
    const stopped = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    const opened = open().catch((error: unknown) => this.#fail(error));
    await (this.#options.count === undefined ? Promise.race([opened, stopped]) : stopped);
    this.#stop();
  }

  result(): CollectedRow[] {
    if (this.#failures.length > 0) throw this.#failures[0];
    return this.#rows;
  }

  async #emit(row: object, meta?: object | null): Promise<void> {
    if (this.base.signal.aborted) throw new Stopped();
    const { message, meta: own } = JSON.parse(rowText(row, meta));
    this.#rows.push({ row: message, meta: own });
    if (this.#rows.length === this.#options.count) this.#stop();
  }

  #fail(error: unknown): void {
    if (!this.base.signal.aborted) this.#failures.push(error);
    this.#stop();
  }

  #stop(): void {
    this.#stopping.abort(new Stopped());
  }
}

export interface FeedOptions {
  readonly config?: Config;
  /** Rows are sent as one JSON array, texts and bytes without changes. */
  readonly batches: readonly (readonly object[] | string | Uint8Array)[];
}

/**
 * Runs a sink without a host. Resolves with the acknowledgement of each batch: null, or the text of what `collect`
 * threw. Throws what `configure`, `open` and `close` throw.
 */
export async function feedSink(spec: SinkSpec, options: FeedOptions): Promise<(string | null)[]> {
  const stopping = new AbortController();
  const base = { rule: RULE, signal: stopping.signal, log: QUIET };
  const sink = await configureSink(makeSink(spec), options.config ?? {}, base);
  await sink.open();
  const acks: (string | null)[] = [];
  for (const batch of options.batches) acks.push(await ackOf(sink, bytesOf(batch)));
  stopping.abort(new Stopped());
  await sink.close();
  return acks;
}

async function ackOf(sink: ReadySink, bytes: Uint8Array): Promise<string | null> {
  try {
    await sink.collect(new ReceivedBatch(bytes));
    return null;
  } catch (error) {
    return errorText(error);
  }
}

function bytesOf(batch: readonly object[] | string | Uint8Array): Uint8Array {
  if (batch instanceof Uint8Array) return batch;
  return Buffer.from(typeof batch === 'string' ? batch : JSON.stringify(batch));
}

/**
 * Calls a function once as eKuiper does: arguments and result are encoded as JSON. Throws an Error with the message
 * that eKuiper gets.
 */
export async function callFunction(spec: FunctionSpec, args: readonly unknown[]): Promise<unknown> {
  const calls = new Calls(makeFunction(spec), QUIET);
  const arg = [...args, JSON.stringify({ ...RULE, funcId: 0 })];
  const question = Buffer.from(JSON.stringify({ func: 'Exec', arg }));
  const { state, result } = JSON.parse(await calls.answer(question));
  if (state === true) return result;
  throw new Error(result);
}
