import { afterAll, beforeAll, expect, test } from 'vitest';
import { Stage } from './stage.ts';

/** One fault, or a few, on a stage; resolves to what is wrong afterwards. */
export interface Case<S = Stage> {
  readonly name: string;
  readonly play: (stage: S) => Promise<Played>;
}

export interface Played {
  /** How many faults struck; none means that the case has shown nothing. */
  readonly injected: number;
  readonly wrong: readonly string[];
}

declare module 'vitest' {
  interface TaskMeta {
    /** How many faults this test injected. */
    injected?: number;
  }
}

/** Most of a case is waiting: for the host, for the next look, for the next try. */
const LANES = 6;

/** Plays the cases as {@link playOnStages} does, each stage with its own host and plugin. `prefix`: of the plugins' names. */
export function playCases(
  prefix: string,
  cases: readonly Case[],
  { stages, args = [] }: { readonly stages?: number; readonly args?: readonly string[] } = {},
): void {
  playOnStages(() => Stage.open(prefix, ...args), cases, stages);
}

/** Plays the cases on several stages at once, and makes a test of each. */
export function playOnStages<S extends { close(): Promise<void> }>(
  open: () => Promise<S>,
  cases: readonly Case<S>[],
  stages = LANES,
): void {
  const results = new Map<Case<S>, PromiseWithResolvers>();
  for (const one of cases) results.set(one, withResolvers());
  let playing: Promise<void>[] = [];
  beforeAll(() => {
    const waiting = [...cases];
    const count = Math.min(stages, cases.length);
    playing = Array.from({ length: count }, () => playOn(open, waiting, results));
  });
  afterAll(async () => {
    await Promise.all(playing);
  });
  for (const one of cases) {
    test(one.name, async ({ task }) => {
      // At least one, should it come to nothing: a test that fails has not survived.
      task.meta.injected = 1;
      const { injected, wrong } = (await results.get(one)?.promise) ?? NOT_PLAYED;
      task.meta.injected = Math.max(1, injected);
      expect(wrong.join('\n')).toBe('');
      expect(injected, 'the fault never struck').toBeGreaterThan(0);
    });
  }
}

const NOT_PLAYED: Played = { injected: 0, wrong: ['was not played'] };

/** Takes one case after the other until none waits. */
async function playOn<S extends { close(): Promise<void> }>(
  open: () => Promise<S>,
  waiting: Case<S>[],
  results: ReadonlyMap<Case<S>, PromiseWithResolvers>,
): Promise<void> {
  const stage = await open();
  try {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      await one.play(stage).then(results.get(one)?.resolve, results.get(one)?.reject);
    }
  } finally {
    await stage.close();
  }
}

interface PromiseWithResolvers {
  readonly promise: Promise<Played>;
  readonly resolve: (played: Played) => void;
  readonly reject: (reason: unknown) => void;
}

function withResolvers(): PromiseWithResolvers {
  const parts: { resolve: (played: Played) => void; reject: (reason: unknown) => void } = {
    resolve: () => {},
    reject: () => {},
  };
  const promise = new Promise<Played>((resolve, reject) =>
    Object.assign(parts, { resolve, reject }),
  );
  // Its test looks at it later.
  promise.catch(() => {});
  return { promise, ...parts };
}
