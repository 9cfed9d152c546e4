import { type Config, type Row, Stopped } from '../api/context.ts';
import type { SourceSpec } from '../api/source.ts';
import { configureSource, type SourceContextBase } from '../runtime/bind.ts';
import { makeSource } from '../runtime/make.ts';
import { rowText } from '../runtime/row.ts';
import { QUIET, RULE } from './environment.ts';

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
