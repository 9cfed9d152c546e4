import type { Clock } from '../client/clock.ts';

/** Why a host was skipped. */
export type SkipReason = 'canary-failed' | 'gate-failed' | 'too-many-failures' | 'interrupted';

/** The result of a rollout on one host. `ms`: duration. */
export type HostResult<T> =
  | { readonly state: 'done'; readonly value: T; readonly ms: number }
  | { readonly state: 'failed'; readonly error: unknown; readonly ms: number }
  | { readonly state: 'not-started'; readonly why: SkipReason };

export interface HostWithResult<H, T> {
  readonly host: H;
  readonly end: HostResult<T>;
}

export interface RolloutOptions {
  /** Number of hosts that are changed at the same time; at least 1. */
  readonly parallel: number;
  /** Number of hosts to change first, one at a time; if one fails, no further host is started. */
  readonly canary: number;
  /** No further host is started after more failures than this. */
  readonly maxFailures: number;
  /** Failures before the rollout, which count too; default 0. */
  readonly failedBefore?: number;
  /** After how many hosts {@link RolloutEvents.gate} is called, ascending; default none. */
  readonly gates?: readonly number[];
  /** After its abort no further host is started; those in progress are awaited. */
  readonly signal: AbortSignal;
  readonly clock: Pick<Clock, 'now'>;
}

/** Called during the rollout; for skipped hosts `ended` is called at the end. */
interface RolloutEvents<H, T> {
  started(host: H, isCanary: boolean): void;
  ended(host: H, end: HostResult<T>): void;
  /**
   * Looks again at the hosts that are done since the last gate; resolves to the error of each that got worse. After
   * one of them no further host is started.
   */
  gate?(done: readonly { readonly host: H; readonly value: T }[]): Promise<ReadonlyMap<H, unknown>>;
}

/**
 * Calls `one` for every host: first the canaries one at a time, then `parallel` at a time, in the given order. Nothing
 * is rolled back here. Resolves to one result per host, in the given order; an error of `one` is the failure of that
 * host.
 */
export async function rollout<H, T>(
  hosts: readonly H[],
  options: RolloutOptions,
  one: (host: H) => Promise<T>,
  events: RolloutEvents<H, T>,
): Promise<readonly HostWithResult<H, T>[]> {
  const run = new Run(hosts, options, one, events);
  await run.canaries();
  for (const count of options.gates ?? []) {
    await run.others(count);
    await run.gate();
  }
  await run.others(hosts.length);
  return run.close();
}

class Run<H, T> {
  readonly #ends: (HostResult<T> | undefined)[];
  #next = 0;
  #failed: number;
  #canaryFailed = false;
  #gateFailed = false;
  /** Hosts before this one have passed a gate. */
  #passed = 0;

  constructor(
    private readonly hosts: readonly H[],
    private readonly options: RolloutOptions,
    private readonly one: (host: H) => Promise<T>,
    private readonly events: RolloutEvents<H, T>,
  ) {
    this.#ends = hosts.map(() => undefined);
    this.#failed = options.failedBefore ?? 0;
  }

  async canaries(): Promise<void> {
    const last = Math.min(this.options.canary, this.hosts.length);
    while (this.#next < last && this.#stop() === null) await this.#take(true);
    this.#canaryFailed = this.#ends.some((end) => end?.state === 'failed');
  }

  /** Changes the next hosts, up to this number of all. */
  async others(upTo: number): Promise<void> {
    const worker = async (): Promise<void> => {
      while (this.#next < upTo && this.#stop() === null) await this.#take(false);
    };
    const left = Math.max(0, upTo - this.#next);
    await Promise.all(Array.from({ length: Math.min(this.options.parallel, left) }, worker));
  }

  /** Looks again at the hosts that are done since the last gate. */
  async gate(): Promise<void> {
    const { gate } = this.events;
    if (gate === undefined || this.#stop() !== null) return;
    const from = this.#passed;
    this.#passed = this.#next;
    const done = this.#ends.slice(from, this.#next).flatMap((end, at) => {
      // The slice has the index of each host.
      const host = this.hosts[from + at] as H;
      return end?.state === 'done' ? [{ host, value: end.value }] : [];
    });
    if (done.length === 0) return;
    const failures = await gate.call(this.events, done).catch((thrown: unknown) => {
      if (this.options.signal.aborted) return new Map<H, unknown>();
      throw thrown;
    });
    for (const [host, error] of failures) this.#fail(host, error);
    this.#gateFailed = failures.size > 0;
  }

  #fail(host: H, error: unknown): void {
    const index = this.hosts.indexOf(host);
    const had = this.#ends[index];
    const end: HostResult<T> = { state: 'failed', error, ms: had && 'ms' in had ? had.ms : 0 };
    this.#ends[index] = end;
    this.#failed += 1;
    this.events.ended(host, end);
  }

  /** Hosts without a result were skipped. */
  close(): readonly HostWithResult<H, T>[] {
    const why = this.#stop() ?? 'interrupted';
    return this.hosts.map((host, index) => {
      const had = this.#ends[index];
      const end: HostResult<T> = had ?? { state: 'not-started', why };
      if (had === undefined) this.events.ended(host, end);
      return { host, end };
    });
  }

  #stop(): SkipReason | null {
    if (this.options.signal.aborted) return 'interrupted';
    if (this.#canaryFailed) return 'canary-failed';
    if (this.#gateFailed) return 'gate-failed';
    return this.#failed > this.options.maxFailures ? 'too-many-failures' : null;
  }

  async #take(isCanary: boolean): Promise<void> {
    const index = this.#next;
    this.#next += 1;
    // The callers have checked that there is a next host.
    const host = this.hosts[index] as H;
    this.events.started(host, isCanary);
    const started = this.options.clock.now();
    const since = (): number => this.options.clock.now() - started;
    const end = await this.one(host).then(
      (value): HostResult<T> => ({ state: 'done', value, ms: since() }),
      (error: unknown): HostResult<T> => ({ state: 'failed', error, ms: since() }),
    );
    this.#ends[index] = end;
    if (end.state === 'failed') this.#failed += 1;
    if (isCanary && end.state === 'failed') this.#canaryFailed = true;
    this.events.ended(host, end);
  }
}
