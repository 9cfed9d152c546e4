import type { Clock } from '../client/clock.ts';
import type { Ended, HostEnd, LeftAlone } from './host-end.ts';

export interface RolloutOptions {
  /** How many hosts are worked on at a time; at least 1. */
  readonly parallel: number;
  /** So many hosts come first, one after the other; none starts after one of them failed. */
  readonly canary: number;
  /** None starts after more than so many have failed. */
  readonly maxFailures: number;
  /** So many have failed already, before the rollout; default 0. */
  readonly failedBefore?: number;
  /** Once it is aborted none starts; what runs is waited for. */
  readonly signal: AbortSignal;
  readonly clock: Pick<Clock, 'now'>;
}

/** Told as it happens; a host that is left alone is told at the end. */
export interface RolloutEvents<H, T> {
  started(host: H, isCanary: boolean): void;
  ended(host: H, end: HostEnd<T>): void;
}

/**
 * Does `one` on every host: first the canaries, then as many at a time as asked for, in the given order. What is done
 * stays done. Resolves to one end per host, in the given order; whatever `one` throws is that host's failure.
 */
export async function rollout<H, T>(
  hosts: readonly H[],
  options: RolloutOptions,
  one: (host: H) => Promise<T>,
  events: RolloutEvents<H, T>,
): Promise<readonly Ended<H, T>[]> {
  const run = new Run(hosts, options, one, events);
  await run.canaries();
  await run.others();
  return run.close();
}

class Run<H, T> {
  readonly #ends: (HostEnd<T> | undefined)[];
  #next = 0;
  #failed: number;
  #canaryFailed = false;

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

  async others(): Promise<void> {
    const worker = async (): Promise<void> => {
      while (this.#next < this.hosts.length && this.#stop() === null) await this.#take(false);
    };
    const left = this.hosts.length - this.#next;
    await Promise.all(Array.from({ length: Math.min(this.options.parallel, left) }, worker));
  }

  /** Every host that has no end by now was left alone. */
  close(): readonly Ended<H, T>[] {
    const why = this.#stop() ?? 'interrupted';
    return this.hosts.map((host, index) => {
      const had = this.#ends[index];
      const end: HostEnd<T> = had ?? { state: 'not-started', why };
      if (had === undefined) this.events.ended(host, end);
      return { host, end };
    });
  }

  #stop(): LeftAlone | null {
    if (this.options.signal.aborted) return 'interrupted';
    if (this.#canaryFailed) return 'canary-failed';
    return this.#failed > this.options.maxFailures ? 'too-many-failures' : null;
  }

  async #take(isCanary: boolean): Promise<void> {
    const index = this.#next;
    this.#next += 1;
    // The callers look first whether there is one.
    const host = this.hosts[index] as H;
    this.events.started(host, isCanary);
    const started = this.options.clock.now();
    const since = (): number => this.options.clock.now() - started;
    const end = await this.one(host).then(
      (value): HostEnd<T> => ({ state: 'done', value, ms: since() }),
      (error: unknown): HostEnd<T> => ({ state: 'failed', error, ms: since() }),
    );
    this.#ends[index] = end;
    if (end.state === 'failed') this.#failed += 1;
    if (isCanary && end.state === 'failed') this.#canaryFailed = true;
    this.events.ended(host, end);
  }
}
