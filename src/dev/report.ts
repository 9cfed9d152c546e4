import type { KpluginError } from '../model/error.ts';
import type { Finding } from '../model/finding.ts';
import type { SourceText } from '../model/source-text.ts';
import type { SuiteReport } from '../testing/run-suite.ts';

/**
 * The last step of a cycle. `unchanged`: files were touched or changed, but neither the package nor the cases differ.
 */
export type CycleEnd = 'unchanged' | 'validate' | 'build' | 'start' | 'cases' | 'done';

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
  /** The number of the project's cases that `--cases` selects. */
  readonly known: number;
  /** Null when a case file has mistakes and nothing was run. */
  readonly suite: SuiteReport | null;
  /** Only the previously failed cases were run, because one of them still fails. */
  readonly isRepeat: boolean;
  readonly mistakes: readonly Finding[];
  /** The texts of the files with mistakes, by path. */
  readonly texts: ReadonlyMap<string, SourceText>;
}
