import type { SymbolKind } from '../../model/symbol.ts';

/** The first place in which what came is not what was expected. */
export interface Difference {
  /** `result`, `rows[1].count`, `wrote.lines[0]`; empty when the case failed as a whole. */
  readonly path: string;
  /** In words or as JSON, one or several lines. */
  readonly expected: string;
  readonly received: string;
}

export interface LogLine {
  readonly stream: 'stdout' | 'stderr' | 'host';
  readonly text: string;
}

export interface CaseResult {
  readonly type: 'case' | 'check';
  /** Of a check: what `--skip` takes, `restart`. */
  readonly name: string;
  /** Relative to the project; null for a check. */
  readonly file: string | null;
  /** 1-based; null for a check. */
  readonly line: number | null;
  /** Null for a check of the plugin as a whole. */
  readonly kind: SymbolKind | null;
  readonly symbol: string | null;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly ms: number;
  /** Why it failed or was skipped, one sentence; else what was measured (`handshake after 80 ms`) or empty. */
  readonly message: string;
  /** Of a failed check: what eKuiper does in this situation. */
  readonly why: string;
  /** What helps; empty where nothing is known. */
  readonly hint: string;
  /** Set when it is a weakness that the author cannot fix: shown, and no reason to fail. */
  readonly isWarning: boolean;
  readonly difference: Difference | null;
  /** What the plugin printed and what happened to it since this began; empty unless it failed. */
  readonly log: readonly LogLine[];
}

export interface SuiteReport {
  readonly plugin: string;
  /** In the order: checks, then cases as they are written. */
  readonly results: readonly CaseResult[];
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly ms: number;
  /** The signal or `bail` ended it early. */
  readonly isPartial: boolean;
}
