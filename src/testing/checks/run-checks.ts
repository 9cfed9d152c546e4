import path from 'node:path';
import type { PluginSymbol } from '../../model/symbol.ts';
import type { Target } from '../../model/target.ts';
import { makeFolders } from '../../package/files/folders.ts';
import { symbolKey } from '../case/case.ts';
import type { Declared } from '../case/declared.ts';
import type { CaseResult } from '../case/result.ts';
import { Deadline, wordsOf } from '../run/case-frame.ts';
import { listenHttp, PLAIN_LISTENER } from '../run/http-listener.ts';
import { Fill } from '../run/placeholders.ts';
import { logSettled } from '../run/plugin-log.ts';
import {
  type Interruptions,
  interruptions,
  type Life,
  type SuiteContext,
} from '../run/suite-state.ts';
import { acks } from './acks.ts';
import { calls } from './calls.ts';
import { type Check, type CheckContext, type CheckName, failed, type Verdict } from './check.ts';
import type { CheckFixtures } from './check-fixtures.ts';
import { handshake, silence, unknown } from './conversation.ts';
import { restart } from './restart.ts';
import { rows } from './rows.ts';
import { symbols } from './symbols.ts';
import { twice } from './twice.ts';

/**
 * Milliseconds in addition to the timeout of a case: some checks wait for silence, and for answers that do not come.
 */
const EXTRA_MS = 15_000;

const CHECK: Record<CheckName, Check> = {
  handshake,
  symbols,
  calls,
  rows,
  unknown,
  twice,
  acks,
  silence,
  restart,
};

interface ChecksOptions {
  readonly target: Target;
  readonly symbols: readonly PluginSymbol[];
  readonly declared: Declared;
  readonly fixtures: CheckFixtures;
  readonly handshakeLimitMs: number;
  readonly wants: (one: Pick<CaseResult, 'type' | 'name' | 'kind' | 'symbol'>) => boolean;
  readonly onStart: (name: CheckName) => void;
  readonly onResult: (result: CaseResult) => void;
  readonly isDone: () => boolean;
}

/** What checks leave to later ones. */
type Seen = Pick<CheckContext, 'startable' | 'sourceRows' | 'sinkRows' | 'functionArgs'>;

/** Runs the checks one after the other, because each needs the plugin alone. */
export async function runChecks(
  names: readonly CheckName[],
  suite: SuiteContext,
  life: Life,
  options: ChecksOptions,
): Promise<void> {
  const seen: Seen = {
    // Without the check that tries it, every symbol counts as one that starts.
    startable: new Set(names.includes('symbols') ? [] : options.symbols.map(symbolKey)),
    sourceRows: new Map(),
    sinkRows: new Map(),
    functionArgs: new Map(),
  };
  const report = (results: readonly CaseResult[]): void => {
    if (!suite.signal.aborted) for (const result of results) options.onResult(result);
  };
  for (const name of names) {
    if (options.isDone()) return;
    options.onStart(name);
    await life.ensure();
    const mark = suite.log.mark;
    const results = await runCheck(name, suite, life, { ...options, ...seen });
    report(results);
    // An end of the process that the answer to the last stop was faster than.
    const isLate = life.isDead && results.every(({ outcome }) => outcome !== 'failed');
    if (isLate) report([diedAfter(name, suite, mark)]);
  }
}

function diedAfter(name: CheckName, { log, plugin }: SuiteContext, mark: number): CaseResult {
  const verdict = failed(null, 'the plugin ended by itself when a symbol was stopped', DIED);
  return { ...resultOf(name, verdict, 0), log: log.since(plugin, mark) };
}

const DIED = {
  why: 'eKuiper starts it again at the earliest when a rule starts one of its sources or sinks; until then all rules that use it get no rows',
  hint: 'look at its log below',
};

async function runCheck(
  name: CheckName,
  suite: SuiteContext,
  life: Life,
  options: ChecksOptions & Seen,
): Promise<CaseResult[]> {
  const { now, log, plugin } = suite;
  const begin = now();
  const mark = log.mark;
  const watches: Interruptions[] = [];
  const interrupted = (): Promise<never> => {
    const watch = interruptions(suite);
    watches.push(watch);
    return watch.promise;
  };
  const crash = (): string | null => watches.find((one) => one.crash !== null)?.crash ?? null;
  const dir = path.join(suite.scratch, `check_${name}`);
  await makeFolders(dir);
  const http = await listenHttp({ ...PLAIN_LISTENER, onUnknown: () => undefined });
  const { project, python } = suite;
  const fill = new Fill({ dir, http: http.url, python, ...(project !== null && { project }) });
  const limitMs = suite.withinMs + EXTRA_MS;
  const context: CheckContext = {
    suite,
    life,
    target: options.target,
    symbols: options.symbols.filter(({ kind, name: symbol }) =>
      options.wants({ type: 'check', name, kind, symbol }),
    ),
    handshakeLimitMs: options.handshakeLimitMs,
    startable: options.startable,
    sourceRows: options.sourceRows,
    sinkRows: options.sinkRows,
    functionArgs: options.functionArgs,
    declared: options.declared,
    deadline: new Deadline(limitMs, now, interrupted()),
    forSymbol: () => ({
      ...context,
      deadline: new Deadline(limitMs, now, interrupted()),
    }),
    settings: (symbol) => options.fixtures.settings(symbol, fill),
  };
  try {
    const judged = await CHECK[name](context).catch((thrown: unknown) => [
      failed(null, crash() ?? wordsOf(thrown), {}),
    ]);
    const ms = now() - begin;
    await logSettled();
    const verdicts = withEnd(isTrial(name) ? judged : withErrors(judged, suite, mark), crash());
    dropFailed(verdicts, options.startable);
    return verdicts.map((verdict) => ({
      ...resultOf(name, verdict, ms),
      log: verdict.outcome === 'failed' ? log.since(plugin, mark) : [],
    }));
  } finally {
    for (const watch of watches) watch.end();
    await http.close();
  }
}

/** Whether a check provokes errors itself, and judges them. */
function isTrial(name: CheckName): boolean {
  return name === 'symbols' || name === 'unknown' || name === 'calls' || name === 'rows';
}

/** Adds the error that the plugin's log has since the mark, unless a verdict has failed anyway. */
function withErrors(
  verdicts: readonly Verdict[],
  { log, plugin }: SuiteContext,
  mark: number,
): readonly Verdict[] {
  if (verdicts.some(({ outcome }) => outcome === 'failed')) return verdicts;
  const error = log.errorIn(plugin, { from: mark, to: log.mark }, { by: 'sdk' });
  if (error === null) return verdicts;
  return [failed(null, `an error in its log: ${error}`, { hint: 'look at its log below' })];
}

/** Adds the end of the process, unless a verdict has failed anyway. */
function withEnd(verdicts: readonly Verdict[], crash: string | null): readonly Verdict[] {
  if (crash === null || verdicts.some(({ outcome }) => outcome === 'failed')) return verdicts;
  return [...verdicts, failed(null, crash, DIED)];
}

/** A symbol that failed is left out by later checks, so that one error is reported once. */
function dropFailed(verdicts: readonly Verdict[], startable: Set<string>): void {
  for (const { symbol, outcome } of verdicts) {
    if (symbol !== null && outcome === 'failed') startable.delete(symbolKey(symbol));
  }
}

function resultOf(name: CheckName, verdict: Verdict, ms: number): Omit<CaseResult, 'log'> {
  const { symbol, outcome, message, why, hint, isWarning } = verdict;
  return {
    type: 'check',
    name,
    file: null,
    line: null,
    kind: symbol?.kind ?? null,
    symbol: symbol?.name ?? null,
    outcome,
    ms,
    message,
    why,
    hint,
    isWarning,
    difference: null,
  };
}
