import type { KpluginError } from '../model/error.ts';
import type { Finding } from '../model/finding.ts';
import type { SourceText } from '../model/source-text.ts';
import type { SuiteReport } from '../testing/run-suite.ts';

/** The maximum number of pauses, so that a file that is written all the time cannot postpone its cycle forever. */
const MOST_PAUSES = 20;

/** The callbacks of a scheduler of cycles. */
interface CycleEffects {
  /** A pause before a cycle, so that further changes join it; ends early when the signal aborts. */
  readonly pause: (signal: AbortSignal) => Promise<void>;
  /** Runs one cycle, numbered from 1. An error goes to {@link CycleEffects.onError} and ends only this cycle. */
  readonly run: (cycle: number, signal: AbortSignal) => Promise<void>;
  readonly onError: (error: unknown, cycle: number) => void;
}

export interface Cycles {
  /** Reports a change: a cycle that starts after this call will include it. */
  changed(): void;
  /** Starts no further cycle, aborts the running one and resolves when it has ended. Can be called again. */
  close(): Promise<void>;
}

/**
 * Schedules cycles: every change is followed by a cycle that starts after it, one cycle runs at a time, a burst of
 * changes becomes one cycle, changes during a cycle become one more, and without a change nothing runs.
 */
export function startCycles(effects: CycleEffects): Cycles {
  const closing = new AbortController();
  const { signal } = closing;
  let changes = 0;
  let seen = 0;
  let cycle = 0;
  let loop: Promise<void> | null = null;

  const settle = async (): Promise<void> => {
    for (let round = 0; round < MOST_PAUSES && !signal.aborted; round += 1) {
      const before = changes;
      await effects.pause(signal);
      if (before === changes) return;
    }
  };

  const runOne = async (): Promise<void> => {
    await settle();
    if (signal.aborted) return;
    seen = changes;
    cycle += 1;
    const number = cycle;
    // Called in an async function so that a synchronous exception is caught as well.
    const run = async (): Promise<void> => effects.run(number, signal);
    await run().catch((error: unknown) => effects.onError(error, number));
  };

  const runAll = async (): Promise<void> => {
    while (seen !== changes && !signal.aborted) await runOne();
    loop = null;
  };

  return {
    changed() {
      if (signal.aborted) return;
      changes += 1;
      loop ??= runAll();
    },
    async close() {
      closing.abort();
      await loop;
    },
  };
}

/**
 * The last step of a cycle. `unchanged`: files were touched or changed, but neither the package nor the cases differ.
 */
type CycleEnd = 'unchanged' | 'validate' | 'build' | 'start' | 'cases' | 'done';

interface DevPlugin {
  readonly name: string;
  readonly version: string;
  /** `installed`: eKuiper 1.14 starts it with the first rule; `ended`: it ended by itself. */
  readonly state: 'running' | 'installed' | 'ended';
}

export interface CasesReport {
  /** The number of the project's cases that `--cases` selects. */
  readonly known: number;
  /** Null when a case file has mistakes and nothing was run. */
  readonly suite: SuiteReport | null;
  /** Only the previously failed cases were run, because one of them still fails. */
  readonly isRepeat: boolean;
  readonly mistakes: readonly Finding[];
  /** Symbols of clients that could not be restarted after cases with variables of their own, as text. */
  readonly lost: readonly string[];
  /** The texts of the files with mistakes, by path. */
  readonly texts: ReadonlyMap<string, SourceText>;
}

/** A cycle in progress. */
export interface Draft {
  /** The present step. */
  step: CycleEnd;
  /** Paths in the project that differ from the previous cycle, sorted; empty for the first. */
  changed: readonly string[];
  /** The findings of the validation. */
  findings: readonly Finding[];
  /** Those that the previous cycle did not have. */
  newFindings: readonly Finding[];
  /** Milliseconds of the build; null when nothing was built. */
  buildMs: number | null;
  /** Whether the plugin runs in a new process. */
  isReplaced: boolean;
  /** Symbols of clients that could not be restarted, as text. */
  lost: readonly string[];
  /** Null when none were run. */
  cases: CasesReport | null;
}

/** The result of one cycle, up to its last step. */
export interface CycleReport extends Readonly<Omit<Draft, 'step'>> {
  /** Starts at 1. */
  readonly cycle: number;
  readonly end: CycleEnd;
  /** Milliseconds of the whole cycle. */
  readonly ms: number;
  /** The plugin that this watch has installed in the host; null when there is none. */
  readonly plugin: DevPlugin | null;
  /** Why the cycle failed; null also when cases failed. */
  readonly problem: KpluginError | null;
}

export function newDraft(): Draft {
  return {
    step: 'validate',
    changed: [],
    findings: [],
    newFindings: [],
    buildMs: null,
    isReplaced: false,
    lost: [],
    cases: null,
  };
}
