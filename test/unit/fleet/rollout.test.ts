import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HostResult, type RolloutOptions, rollout } from '../../../src/fleet/rollout.ts';

type Plan = Partial<Omit<RolloutOptions, 'clock' | 'signal'>>;

/** Steps that end when the test says so, in the order in which it says so. */
class Stage {
  readonly controller = new AbortController();
  readonly log: string[] = [];
  readonly #running = new Map<string, (failed: boolean) => void>();
  most = 0;
  #time = 0;

  /** Resolves once the first hosts run, to what will resolve at the end. */
  async run(hosts: readonly string[], plan: Plan) {
    const { parallel = 2, canary = 0, maxFailures = 0, failedBefore = 0 } = plan;
    const result = rollout(
      hosts,
      {
        parallel,
        canary,
        maxFailures,
        failedBefore,
        signal: this.controller.signal,
        clock: { now: () => this.#time },
      },
      (host) =>
        new Promise<string>((resolve, reject) => {
          this.#running.set(host, (failed) =>
            failed ? reject(new Error(`${host} broke`)) : resolve(`new on ${host}`),
          );
          this.most = Math.max(this.most, this.#running.size);
        }),
      {
        started: (host, isCanary) => this.log.push(`${isCanary ? 'canary' : 'start'} ${host}`),
        ended: (host, end) => this.log.push(`${host} ${said(end)}`),
      },
    );
    await settled();
    return { result };
  }

  get running(): string[] {
    return [...this.#running.keys()];
  }

  /** Ends a running host; `!` in front makes it fail. */
  async end(name: string): Promise<void> {
    const host = name.replace('!', '');
    this.#time += 10;
    this.#running.get(host)?.(name.startsWith('!'));
    this.#running.delete(host);
    await settled();
  }
}

/** All that follows from an end happens in microtasks; a macrotask comes after them. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function said(end: HostResult<unknown>): string {
  return end.state === 'not-started' ? `left alone: ${end.why}` : end.state;
}

interface Row {
  readonly name: string;
  readonly plan: Plan;
  /** In this order; `!` fails, `^C` interrupts. */
  readonly steps: readonly string[];
  readonly ends: Readonly<Record<string, string>>;
}

const HOSTS = ['a', 'b', 'c', 'd'];

const ROWS: readonly Row[] = [
  {
    name: 'all go well',
    plan: {},
    steps: ['a', 'b', 'c', 'd'],
    ends: { a: 'done', b: 'done', c: 'done', d: 'done' },
  },
  {
    name: 'a canary fails: nobody else',
    plan: { canary: 1, maxFailures: 9 },
    steps: ['!a'],
    ends: { a: 'failed', b: CANARY(), c: CANARY(), d: CANARY() },
  },
  {
    name: 'the second canary fails: the first stays done',
    plan: { canary: 2, maxFailures: 9 },
    steps: ['a', '!b'],
    ends: { a: 'done', b: 'failed', c: CANARY(), d: CANARY() },
  },
  {
    name: 'one failure and none allowed: what runs is waited for',
    plan: {},
    steps: ['!a', 'b'],
    ends: { a: 'failed', b: 'done', c: MANY(), d: MANY() },
  },
  {
    name: 'as many failures as allowed',
    plan: { maxFailures: 1 },
    steps: ['!a', 'b', 'c', 'd'],
    ends: { a: 'failed', b: 'done', c: 'done', d: 'done' },
  },
  {
    name: 'more failures than allowed',
    plan: { maxFailures: 1 },
    steps: ['!a', '!b', 'c'],
    ends: { a: 'failed', b: 'failed', c: 'done', d: MANY() },
  },
  {
    name: 'failures from before count',
    plan: { maxFailures: 1, failedBefore: 1 },
    steps: ['!a', 'b'],
    ends: { a: 'failed', b: 'done', c: MANY(), d: MANY() },
  },
  {
    name: 'more failures before than allowed: nobody starts',
    plan: { failedBefore: 1, canary: 1 },
    steps: [],
    ends: { a: MANY(), b: MANY(), c: MANY(), d: MANY() },
  },
  {
    name: 'an interrupt: what runs ends, nobody else starts',
    plan: {},
    steps: ['a', '^C', 'b', 'c'],
    ends: { a: 'done', b: 'done', c: 'done', d: 'left alone: interrupted' },
  },
  {
    name: 'an interrupt under a canary',
    plan: { canary: 1 },
    steps: ['^C', '!a'],
    ends: {
      a: 'failed',
      b: 'left alone: interrupted',
      c: 'left alone: interrupted',
      d: 'left alone: interrupted',
    },
  },
  {
    name: 'more canaries than hosts, one after the other',
    plan: { canary: 9, parallel: 9 },
    steps: ['a', 'b', 'c', 'd'],
    ends: { a: 'done', b: 'done', c: 'done', d: 'done' },
  },
];

function CANARY(): string {
  return 'left alone: canary-failed';
}
function MANY(): string {
  return 'left alone: too-many-failures';
}

describe('a rollout', () => {
  it.each(ROWS)('$name', async ({ plan, steps, ends }) => {
    const stage = new Stage();
    const running = await stage.run(HOSTS, plan);
    for (const step of steps) {
      if (step === '^C') stage.controller.abort();
      else await stage.end(step);
    }
    expect(stage.running).toEqual([]);
    const result = await running.result;
    expect(Object.fromEntries(result.map(({ host, end }) => [host, said(end)]))).toEqual(ends);
  });

  it('keeps the order of the hosts, and tells what happens as it happens', async () => {
    const stage = new Stage();
    const running = await stage.run(HOSTS, { canary: 1 });
    expect(stage.running).toEqual(['a']);
    await stage.end('a');
    expect(stage.running).toEqual(['b', 'c']);
    await stage.end('!c');
    await stage.end('b');
    const result = await running.result;
    expect(stage.log).toEqual([
      'canary a',
      'a done',
      'start b',
      'start c',
      'c failed',
      'b done',
      'd left alone: too-many-failures',
    ]);
    expect(result.map(({ host }) => host)).toEqual(HOSTS);
    expect(result[0]?.end).toEqual({ state: 'done', value: 'new on a', ms: 10 });
    expect(result[2]?.end).toMatchObject({ state: 'failed', error: new Error('c broke'), ms: 10 });
  });

  it('never more than --parallel at once, every host has exactly one end, and none fails in vain', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          bad: fc.array(fc.boolean(), { maxLength: 30 }),
          parallel: fc.integer({ min: 1, max: 8 }),
          canary: fc.integer({ min: 0, max: 4 }),
          maxFailures: fc.integer({ min: 0, max: 5 }),
          order: fc.array(fc.nat(100), { minLength: 30, maxLength: 30 }),
          interrupt: fc.option(fc.nat(30)),
        }),
        async ({ bad, parallel, canary, maxFailures, order, interrupt }) => {
          const stage = new Stage();
          const hosts = bad.map((_, index) => `h${index}`);
          const running = await stage.run(hosts, { parallel, canary, maxFailures });
          for (let step = 0; stage.running.length > 0; step += 1) {
            if (step === interrupt) stage.controller.abort();
            const now = stage.running;
            if (stage.log.filter((line) => /done|failed/.test(line)).length < canary) {
              expect(now).toHaveLength(1);
            }
            const host = now[(order[step] ?? 0) % now.length] ?? '';
            await stage.end(bad[Number(host.slice(1))] ? `!${host}` : host);
          }
          const result = await running.result;
          expect(stage.most).toBeLessThanOrEqual(Math.max(parallel, 1));
          expect(result.map(({ host }) => host)).toEqual(hosts);
          const failed = result.filter(({ end }) => end.state === 'failed').length;
          // Those that were running when the last allowed one failed may fail as well.
          expect(failed).toBeLessThanOrEqual(maxFailures + parallel);
          result.forEach(({ host, end }, index) => {
            const told = stage.log.filter(
              (line) => line.startsWith(`${host} `) && !line.startsWith('start'),
            );
            expect(told).toEqual([`${host} ${said(end)}`]);
            if (end.state !== 'not-started') expect(end.state).toBe(bad[index] ? 'failed' : 'done');
          });
          const firstLeft = result.findIndex(({ end }) => end.state === 'not-started');
          if (firstLeft >= 0) {
            expect(result.slice(firstLeft).every(({ end }) => end.state === 'not-started')).toBe(
              true,
            );
          }
        },
      ),
    );
  });
});
