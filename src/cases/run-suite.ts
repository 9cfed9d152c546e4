import type { SymbolHost } from '../host/symbols/contract.ts';
import type { Target } from '../model/target.ts';
import type { Case, CheckPlan } from './case.ts';
import type { CheckName } from './checks/names.ts';
import type { PluginLog } from './log/plugin-log.ts';
import type { CaseResult, SuiteReport } from './result.ts';

export type { Case, CheckPlan } from './case.ts';
export type { CheckName } from './checks/names.ts';
export type { CaseResult, Difference, LogLine, SuiteReport } from './result.ts';

export interface SuiteOptions {
  /** Runs the plugin already (1.14: has it installed); restarted where a check or a crash asks for it. */
  readonly host: SymbolHost;
  /** Hears every event of the host. */
  readonly log: PluginLog;
  readonly plugin: string;
  readonly target: Target;
  /** Absolute, for `{project}`; null when there is only a package. */
  readonly project: string | null;
  readonly cases: readonly Case[];
  /** The checks to run, in their own order; empty for none. */
  readonly checks: readonly CheckName[];
  readonly checkPlan: CheckPlan;
  /** Which results are wanted; the others are not run and not reported. */
  readonly filter?: (one: Pick<CaseResult, 'type' | 'name' | 'kind' | 'symbol'>) => boolean;
  /** Symbols whose cases run at the same time; at least 1. Cases of one symbol always run one after another. */
  readonly parallel: number;
  /** Milliseconds that a case may take when it says nothing. */
  readonly withinMs: number;
  /** Milliseconds that a handshake may take before the check fails. */
  readonly handshakeLimitMs: number;
  /** Stop after the first failure. */
  readonly bail?: boolean;
  /** An existing folder for the cases' `{dir}`; the caller removes it. */
  readonly scratch: string;
  /** Aborted: what runs is stopped, the rest is left out, the report is partial. */
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly now: () => number;
  readonly onStart?: (one: Pick<CaseResult, 'type' | 'name'>) => void;
  /** Each result as it comes; in the report they are sorted. */
  readonly onResult?: (result: CaseResult) => void;
}

/** Runs checks, then cases, of one plugin; what fails is data. Throws only when the host itself is broken. */
export function runSuite(_options: SuiteOptions): Promise<SuiteReport> {
  return Promise.reject(new Error('not yet'));
}
