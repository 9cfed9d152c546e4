import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '../model/child-process.ts';
import type { PluginSymbol } from '../model/symbol.ts';
import type { Target } from '../model/target.ts';
import { type Case, NO_CHECK_PLAN } from '../testing/case/case.ts';
import { type CaseFiles, readCases } from '../testing/read-cases.ts';
import type { PluginLog } from '../testing/run/plugin-log.ts';
import { runSuite, type SuiteOptions, type SuiteReport } from '../testing/run-suite.ts';
import type { CasesReport } from './cycles.ts';
import type { DevHost, HoldRuns } from './install.ts';
import { CASE_FOLDER } from './project.ts';

export interface CaseRunOptions {
  readonly host: DevHost;
  readonly log: PluginLog;
  readonly target: Target;
  /** The project's directory. */
  readonly root: string;
  /** The parent of the cases' own directories. */
  readonly temporary: string;
  /** Selects the cases to run. */
  readonly wants: (one: Case) => boolean;
  readonly limits: Pick<SuiteOptions, 'parallel' | 'withinMs' | 'handshakeLimitMs'>;
  /** For what cases bring along. */
  readonly python: string;
  /** The environment of plugins. */
  readonly env: Environment;
  readonly holdRuns: HoldRuns;
  readonly now: () => number;
  /** Replacements for tests. */
  readonly read?: typeof readCases;
  readonly run?: typeof runSuite;
}

/** Runs a project's cases repeatedly: first those that failed the last time, then all when these pass. */
export class CaseRuns {
  readonly #options: CaseRunOptions;
  #failed: ReadonlySet<string> = new Set();
  /** See CasesReport; of the current run. */
  #lost: string[] = [];

  constructor(options: CaseRunOptions) {
    this.#options = options;
  }

  /** Null when the project has no cases; failures are results. */
  async run(
    plugin: string,
    symbols: readonly PluginSymbol[],
    signal: AbortSignal,
  ): Promise<CasesReport | null> {
    const files = await this.#read(symbols);
    const wanted = files.cases.filter(this.#options.wants);
    const lost: string[] = [];
    this.#lost = lost;
    const report = { known: wanted.length, mistakes: files.mistakes, texts: files.texts, lost };
    if (files.mistakes.length > 0) return { ...report, suite: null, isRepeat: false };
    if (wanted.length === 0) return null;
    const failed = wanted.filter((one) => this.#failed.has(keyOf(one)));
    const first = failed.length > 0 ? failed : wanted;
    const suite = await this.#suite(plugin, symbols, first, signal);
    const isEnough = first === wanted || suite.failed > 0 || suite.isPartial;
    if (isEnough) return { ...report, suite, isRepeat: first !== wanted };
    const others = wanted.filter((one) => !failed.includes(one));
    const rest = await this.#suite(plugin, symbols, others, signal);
    return { ...report, suite: joined(suite, rest), isRepeat: false };
  }

  async #read(symbols: readonly PluginSymbol[]): Promise<CaseFiles> {
    const { read = readCases, root } = this.#options;
    return read({ directory: join(root, CASE_FOLDER), label: CASE_FOLDER, symbols });
  }

  async #suite(
    plugin: string,
    symbols: readonly PluginSymbol[],
    cases: readonly Case[],
    signal: AbortSignal,
  ): Promise<SuiteReport> {
    const { host, log, target, root, temporary, limits, now, run = runSuite } = this.#options;
    const { python, env } = this.#options;
    const scratch = await mkdtemp(join(temporary, 'cases-'));
    const release = await this.#hold(plugin, cases);
    try {
      const suite = await run({
        host,
        log,
        plugin,
        symbols,
        target,
        project: root,
        python,
        commands: { folder: root, env },
        cases,
        checks: [],
        checkPlan: NO_CHECK_PLAN,
        ...limits,
        scratch,
        signal,
        now,
      });
      this.#remember(suite);
      return suite;
    } finally {
      await release();
      await rm(scratch, { recursive: true, force: true });
    }
  }

  /** Cases with variables of their own replace the process; the returned function starts it without them again. */
  async #hold(plugin: string, cases: readonly Case[]): Promise<() => Promise<void>> {
    if (cases.every((one) => one.env.size === 0)) return () => Promise.resolve();
    const { host, holdRuns } = this.#options;
    const resume = await holdRuns(plugin);
    return async () => {
      host.setEnvironment(plugin, {});
      // Where it does not start, the next cycle starts it.
      await host.restart(plugin).catch(() => undefined);
      this.#lost.push(...(await resume()));
    };
  }

  /** A case that was not run keeps its last result. */
  #remember({ results }: SuiteReport): void {
    const failed = new Set(this.#failed);
    for (const result of results) {
      if (result.outcome === 'failed') failed.add(keyOf(result));
      else failed.delete(keyOf(result));
    }
    this.#failed = failed;
  }
}

/** The line is not part of the key, because it changes when the file is edited. */
function keyOf(one: {
  readonly file: string | null;
  readonly kind: string | null;
  readonly symbol: string | null;
  readonly name: string;
}): string {
  return JSON.stringify([one.file, one.kind, one.symbol, one.name]);
}

function joined(a: SuiteReport, b: SuiteReport): SuiteReport {
  return {
    plugin: a.plugin,
    results: [...a.results, ...b.results],
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    ms: a.ms + b.ms,
    isPartial: a.isPartial || b.isPartial,
  };
}
