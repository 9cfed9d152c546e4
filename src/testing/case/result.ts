import type { SymbolKind } from '../../model/symbol.ts';

/** The first position where the received value differs from the expected one. */
export interface Difference {
  /** `result`, `rows[1].count`, `wrote.lines[0]`; empty when the case failed as a whole. */
  readonly path: string;
  /** Text or JSON, one or several lines. */
  readonly expected: string;
  readonly received: string;
}

export interface LogLine {
  readonly stream: 'stdout' | 'stderr' | 'host';
  readonly text: string;
}

export interface CaseResult {
  readonly type: 'case' | 'check';
  /** For a check: its name for `--skip`, such as `restart`. */
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
  /** One sentence: why it failed or was skipped; else a measurement (`handshake after 80 ms`) or empty. */
  readonly message: string;
  /** For a failed check: what eKuiper does in this situation. */
  readonly why: string;
  /** How to fix it; empty when nothing is known. */
  readonly hint: string;
  /** A weakness that the author cannot fix: shown, but no failure. */
  readonly isWarning: boolean;
  readonly difference: Difference | null;
  /** The plugin's output and events since the start of the case; empty unless it failed. */
  readonly log: readonly LogLine[];
}

export interface SuiteReport {
  readonly plugin: string;
  /** Checks first, then cases in the order of the files. */
  readonly results: readonly CaseResult[];
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly ms: number;
  /** The signal or `bail` ended the run early. */
  readonly isPartial: boolean;
}
