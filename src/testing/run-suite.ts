import type { PluginSymbol } from '../model/symbol.ts';
import type { Target } from '../model/target.ts';
import { type Case, type CheckPlan, symbolKey, symbolOf } from './case/case.ts';
import { type Declared, NOTHING_DECLARED } from './case/declared.ts';
import type { CaseResult, SuiteReport } from './case/result.ts';
import { CHECK_NAMES, type CheckName } from './checks/check.ts';
import { type CheckFixtures, NO_CHECK_FIXTURES } from './checks/check-fixtures.ts';
import { runChecks } from './checks/run-checks.ts';
import { wordsOf } from './run/case-frame.ts';
import type { PluginLog } from './run/plugin-log.ts';
import { runCase } from './run/run-case.ts';
import type { CommandPlace } from './run/setup-process.ts';
import { Life, ruleMaker, type SuiteContext, type SuiteHost } from './run/suite-state.ts';

export type { Case, CheckPlan } from './case/case.ts';

export { NO_CHECK_PLAN } from './case/case.ts';

export type { CaseResult, Difference, LogLine, SuiteReport } from './case/result.ts';

export { CHECK_NAMES, type CheckName } from './checks/check.ts';

export { PluginLog } from './run/plugin-log.ts';

export type { SuiteHost } from './run/suite-state.ts';

/** Identifies a result before it exists. */
export type CaseIdentity = Pick<CaseResult, 'type' | 'name' | 'kind' | 'symbol'>;

export interface SuiteOptions {
  /** A host with the plugin running (1.14: installed); the plugin is restarted when a check or a crash requires it. */
  readonly host: SuiteHost;
  /** Receives every event of the host. */
  readonly log: PluginLog;
  readonly plugin: string;
  /** The declared symbols of the manifest, which the checks test. */
  readonly symbols?: readonly PluginSymbol[];
  readonly target: Target;
  /** Absolute path, for `{project}`; null when there is only a package. */
  readonly project: string | null;
  /** The Python that starts plugins, for `{python}`. */
  readonly python: string;
  /** Where the commands of `setup` run. */
  readonly commands: CommandPlace;
  /** What the checks start symbols with; the plugin runs with its variables. */
  readonly checkFixtures?: CheckFixtures;
  readonly cases: readonly Case[];
  /** The checks to run; empty for none. */
  readonly checks: readonly CheckName[];
  readonly checkPlan: CheckPlan;
  /** What the plugin's files declare; the checks use its symbols accordingly. */
  readonly declared?: Declared;
  /** Selects cases and checks of symbols; the others are neither run nor reported. */
  readonly filter?: (one: CaseIdentity) => boolean;
  /**
   * The number of symbols whose cases run at the same time; at least 1. Cases of one symbol always run one after
   * another.
   */
  readonly parallel: number;
  /** The default timeout of a case, milliseconds. */
  readonly withinMs: number;
  /** Milliseconds: the check fails when a handshake takes longer. */
  readonly handshakeLimitMs: number;
  /** Stop after the first failure. */
  readonly bail?: boolean;
  /** An existing directory for the cases' `{dir}`; the caller removes it. */
  readonly scratch: string;
  /** When aborted, running cases are stopped and the others left out; the report is partial. */
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly now: () => number;
  readonly onStart?: (one: Pick<CaseResult, 'type' | 'name'>) => void;
  /** Called with each result as it arrives; the report is sorted. */
  readonly onResult?: (result: CaseResult) => void;
}

/** Runs the checks, then the cases, of one plugin. Failures are results. Throws only when the host itself fails. */
export async function runSuite(options: SuiteOptions): Promise<SuiteReport> {
  const { now, plugin, signal, bail = false } = options;
  const begin = now();
  const suite: SuiteContext = { ...options, nextRule: ruleMaker(plugin) };
  const { checkFixtures: fixtures = NO_CHECK_FIXTURES } = options;
  const life = new Life(suite, fixtures.env);
  const results: CaseResult[] = [];
  const isDone = (): boolean =>
    signal.aborted || (bail && results.some(({ outcome }) => outcome === 'failed'));
  const take = (result: CaseResult): void => {
    results.push(result);
    options.onResult?.(result);
  };
  const wants = (one: CaseIdentity): boolean => options.filter?.(one) ?? true;
  const cases = options.cases.filter((one) => wants({ type: 'case', ...one }));
  let isPartial = false;
  try {
    await runChecks(checksOf(options), suite, life, {
      ...options,
      symbols: options.symbols ?? [],
      fixtures,
      declared: options.declared ?? NOTHING_DECLARED,
      wants,
      isDone,
      onStart: (name) => options.onStart?.({ type: 'check', name }),
      onResult: take,
    });
    isPartial = !(await runCases(cases, suite, life, {
      parallel: options.parallel,
      isDone,
      onStart: ({ name }) => options.onStart?.({ type: 'case', name }),
      onResult: take,
    }));
  } catch (thrown) {
    // Without the plugin no further case can run; the results of the others say why.
    for (const one of cases) {
      const isRun = results.some((result) => keyOf(result) === keyOf({ type: 'case', ...one }));
      if (!isRun && !signal.aborted) take(notRun(one, wordsOf(thrown)));
    }
  } finally {
    life.end();
  }
  return reportOf(plugin, results, cases, { ms: now() - begin, isPartial: isPartial || isDone() });
}

function checksOf({ checks, checkPlan }: SuiteOptions): readonly CheckName[] {
  return CHECK_NAMES.filter((name) => checks.includes(name) && !checkPlan.skip.includes(name));
}

function keyOf({ type, name, kind, symbol }: CaseIdentity): string {
  return JSON.stringify([type, kind, symbol, name]);
}

function notRun({ name, file, line, kind, symbol }: Case, words: string): CaseResult {
  return {
    type: 'case',
    name,
    file,
    line,
    kind,
    symbol,
    outcome: 'failed',
    ms: 0,
    message: `the plugin does not start again: ${words}`,
    why: '',
    hint: '',
    isWarning: false,
    difference: null,
    log: [],
  };
}

function reportOf(
  plugin: string,
  results: readonly CaseResult[],
  cases: readonly Case[],
  rest: Pick<SuiteReport, 'ms' | 'isPartial'>,
): SuiteReport {
  const place = new Map(cases.map((one, index) => [keyOf({ type: 'case', ...one }), index]));
  const rank = (result: CaseResult): number => place.get(keyOf(result)) ?? -1;
  const sorted = [...results].sort((a, b) => rank(a) - rank(b));
  const count = (outcome: CaseResult['outcome']): number =>
    results.filter((one) => one.outcome === outcome).length;
  return {
    plugin,
    results: sorted,
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    ...rest,
  };
}

interface CasesOptions {
  readonly parallel: number;
  /** Asked before each case: true ends the run. */
  readonly isDone: () => boolean;
  readonly onStart: (one: Case) => void;
  readonly onResult: (result: CaseResult) => void;
}

/**
 * Runs cases: those of one symbol one after another in the order of the file, because they may share its state; those
 * of different symbols at the same time; those with variables of their own after the others, each alone. When the plugin
 * ends or logs an error while several run, each of those that failed is run again alone, to find the one that caused it.
 * Resolves to whether all were run.
 */
async function runCases(
  cases: readonly Case[],
  suite: SuiteContext,
  life: Life,
  options: CasesOptions,
): Promise<boolean> {
  const lanes = lanesOf(cases.filter(({ env }) => env.size === 0));
  const alone = cases.filter(({ env }) => env.size > 0);
  const { isDone, onStart, onResult } = options;
  while (lanes.some((lane) => lane.length > 0) && !isDone()) {
    await life.ensure({});
    const suspects = await runTogether(lanes, suite, life, options);
    for (const suspect of suspects) {
      if (isDone()) break;
      await life.ensure({});
      onResult((await runCase(suspect, suite, life)).result);
    }
  }
  let count = 0;
  for (const one of alone) {
    if (isDone()) break;
    count += 1;
    onStart(one);
    onResult((await runCase(one, suite, life)).result);
  }
  return count === alone.length && lanes.every((lane) => lane.length === 0);
}

/** A queue for each symbol. */
function lanesOf(cases: readonly Case[]): Case[][] {
  const lanes = new Map<string, Case[]>();
  for (const one of cases) {
    const key = symbolKey(symbolOf(one));
    const lane = lanes.get(key);
    if (lane) lane.push(one);
    else lanes.set(key, [one]);
  }
  return [...lanes.values()];
}

/**
 * Runs the queues until they are empty, or the plugin ends, or its log has an error. Resolves to the cases that failed
 * because of that, if others ran at the same time.
 */
async function runTogether(
  lanes: Case[][],
  suite: SuiteContext,
  life: Life,
  { parallel, onStart, onResult, isDone }: CasesOptions,
): Promise<Case[]> {
  const open = [...lanes];
  const unclear: { readonly one: Case; readonly result: CaseResult }[] = [];
  let most = 0;
  let running = 0;
  const work = async (): Promise<void> => {
    for (let lane = open.shift(); lane; lane = open.shift()) {
      for (let one = lane.shift(); one; one = lane.shift()) {
        if (unclear.length > 0 || isDone()) {
          lane.unshift(one);
          return;
        }
        onStart(one);
        running += 1;
        most = Math.max(most, running);
        const run = await runCase(one, suite, life).finally(() => {
          running -= 1;
        });
        if (run.isShared) unclear.push({ one, result: run.result });
        else if (!suite.signal.aborted) onResult(run.result);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, parallel) }, work));
  const [only] = unclear;
  if (!only || most > 1) return unclear.map(({ one }) => one);
  onResult(only.result);
  return [];
}
