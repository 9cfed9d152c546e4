import type { KpluginError } from '../model/error.ts';
import type { Finding } from '../model/finding.ts';
import type { SourceText } from '../model/source-text.ts';
import type { SuiteReport } from '../testing/run-suite.ts';

/**
 * Where a cycle came to its end. `unchanged`: files were touched or changed, but neither the package nor the cases
 * differ by it.
 */
export type CycleEnd = 'unchanged' | 'validate' | 'build' | 'start' | 'cases' | 'done';

/** What one cycle did, as far as it came. */
export interface CycleReport extends Readonly<Omit<Draft, 'step'>> {
  /** Counted from 1. */
  readonly cycle: number;
  readonly end: CycleEnd;
  /** Milliseconds of all of it. */
  readonly ms: number;
  /** What this watch has put into the host; null when there is nothing. */
  readonly plugin: DevPlugin | null;
  /** Why it came to no good end; null also when cases failed. */
  readonly problem: KpluginError | null;
}

/** A cycle on its way. */
export interface Draft {
  /** What it is at. */
  step: CycleEnd;
  /** Paths in the project that differ from the cycle before, sorted; empty for the first. */
  changed: readonly string[];
  /** What validation says. */
  findings: readonly Finding[];
  /** Those that it did not say in the cycle before. */
  newFindings: readonly Finding[];
  /** Milliseconds of the build; null when nothing had to be built. */
  buildMs: number | null;
  /** Whether the plugin runs in a new process. */
  isReplaced: boolean;
  /** What a client had started and could not be started again, in words. */
  lost: readonly string[];
  /** Null when none were run. */
  cases: CasesReport | null;
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

export interface DevPlugin {
  readonly name: string;
  readonly version: string;
  /** `installed`: eKuiper 1.14 starts it with the first rule; `ended`: it ended by itself. */
  readonly state: 'running' | 'installed' | 'ended';
}

export interface CasesReport {
  /** How many cases the project has, as far as `--cases` asks for them. */
  readonly known: number;
  /** Null when a case file has mistakes and nothing was run. */
  readonly suite: SuiteReport | null;
  /** Only those that failed before were run, because one of them still fails. */
  readonly isRepeat: boolean;
  readonly mistakes: readonly Finding[];
  /** The texts that mistakes point into, by file. */
  readonly texts: ReadonlyMap<string, SourceText>;
}
