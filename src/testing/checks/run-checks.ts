import path from 'node:path';
import type { PluginSymbol } from '../../model/symbol.ts';
import type { Target } from '../../model/target.ts';
import { makeFolders } from '../../package/files/folders.ts';
import {
  type Case,
  type CheckPlan,
  type CheckSettings,
  symbolKey,
  symbolOf,
} from '../case/case.ts';
import type { CaseResult } from '../case/result.ts';
import { Deadline, wordsOf } from '../run/case-frame.ts';
import { listenHttp } from '../run/http-listener.ts';
import { Fill } from '../run/placeholders.ts';
import { logSettled } from '../run/plugin-log.ts';
import { interruptions, type Life, type SuiteContext } from '../run/suite-state.ts';
import { acks } from './acks.ts';
import {
  type Check,
  type CheckContext,
  type CheckName,
  failed,
  type KnownSettings,
  type Verdict,
} from './check.ts';
import { handshake, silence, unknown } from './conversation.ts';
import { restart } from './restart.ts';
import { symbols } from './symbols.ts';
import { twice } from './twice.ts';

/**
 * Milliseconds in addition to the timeout of a case: some checks wait for silence, and for answers that do not come.
 */
const EXTRA_MS = 15_000;

const NO_SETTINGS: CheckSettings = {
  confKey: null,
  config: {},
  dataSource: null,
  rows: null,
  args: null,
};

const CHECK: Record<CheckName, Check> = {
  handshake,
  symbols,
  unknown,
  twice,
  acks,
  silence,
  restart,
};

interface ChecksOptions {
  readonly target: Target;
  readonly symbols: readonly PluginSymbol[];
  readonly cases: readonly Case[];
  readonly plan: CheckPlan;
  readonly handshakeLimitMs: number;
  readonly wants: (one: Pick<CaseResult, 'type' | 'name' | 'kind' | 'symbol'>) => boolean;
  readonly onStart: (name: CheckName) => void;
  readonly onResult: (result: CaseResult) => void;
  readonly isDone: () => boolean;
}

/** Runs the checks one after the other, because each needs the plugin alone. */
export async function runChecks(
  names: readonly CheckName[],
  suite: SuiteContext,
  life: Life,
  options: ChecksOptions,
): Promise<void> {
  const startable = new Set<string>();
  for (const name of names) {
    if (options.isDone()) return;
    options.onStart(name);
    await life.ensure();
    for (const result of await runCheck(name, suite, life, { ...options, startable })) {
      if (!suite.signal.aborted) options.onResult(result);
    }
  }
}

async function runCheck(
  name: CheckName,
  suite: SuiteContext,
  life: Life,
  options: ChecksOptions & Pick<CheckContext, 'startable'>,
): Promise<CaseResult[]> {
  const { now, log, plugin } = suite;
  const begin = now();
  const mark = log.mark;
  const interrupted = interruptions(suite);
  const dir = path.join(suite.scratch, `check_${name}`);
  await makeFolders(dir);
  const http = await listenHttp(200);
  const project = suite.project === null ? {} : { project: suite.project };
  const context: CheckContext = {
    suite,
    life,
    target: options.target,
    symbols: options.symbols.filter(({ kind, name: symbol }) =>
      options.wants({ type: 'check', name, kind, symbol }),
    ),
    handshakeLimitMs: options.handshakeLimitMs,
    startable: options.startable,
    fill: new Fill({ dir, http: http.url, ...project }),
    deadline: new Deadline(suite.withinMs + EXTRA_MS, now, interrupted.promise),
    settings: (symbol) => settingsOf(symbol, options.plan, options.cases),
  };
  try {
    const verdicts = await CHECK[name](context).catch((thrown: unknown) => [
      failed(null, interrupted.crash ?? wordsOf(thrown), {}),
    ]);
    const ms = now() - begin;
    await logSettled();
    return verdicts.map((verdict) => ({
      ...resultOf(name, verdict, ms),
      log: verdict.outcome === 'failed' ? log.since(plugin, mark) : [],
    }));
  } finally {
    interrupted.end();
    await http.close();
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

/** Returns the settings of the author, else those of the symbol's first case that is expected to succeed. */
function settingsOf(symbol: PluginSymbol, plan: CheckPlan, cases: readonly Case[]): KnownSettings {
  const key = symbolKey(symbol);
  const given = plan.settings.get(key);
  if (given) return { ...given, isGiven: true };
  for (const one of cases) {
    const settings = symbolKey(symbolOf(one)) === key ? settingsIn(one) : null;
    if (settings) return { ...settings, isGiven: true };
  }
  return { ...NO_SETTINGS, isGiven: false };
}

/** Null for a case that is expected to fail. */
function settingsIn(one: Case): CheckSettings | null {
  if (one.kind === 'function') {
    const call = one.calls.find(({ error }) => error === null);
    return call ? { ...NO_SETTINGS, args: call.args } : null;
  }
  if (one.error !== null) return null;
  if (one.kind === 'source') {
    const { confKey, config, dataSource } = one;
    return { ...NO_SETTINGS, confKey, config, dataSource };
  }
  const isGood = one.rows.length > 0 && (one.acks?.errors ?? 0) === 0;
  return isGood ? { ...NO_SETTINGS, config: one.config, rows: one.rows } : null;
}
