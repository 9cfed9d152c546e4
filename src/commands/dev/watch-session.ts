import { join } from 'node:path';
import type { FlagValues } from '../../cli/command.ts';
import type { Context } from '../../cli/context.ts';
import { asKpluginError, failureView } from '../../cli/failure.ts';
import type { Outcome } from '../../cli/outcome.ts';
import type { CasesReport, CycleReport } from '../../dev/cycles.ts';
import type { PluginHost } from '../../emulator/host/host.ts';
import type { AnyEvent } from '../../emulator/symbols/feed.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { fileWord } from '../../model/shell-word.ts';
import type { Target } from '../../model/target.ts';
import { PluginLog } from '../../testing/run-suite.ts';
import { OwnPaths } from '../serve/log-text.ts';
import type { Serving } from '../serve/serve-until.ts';
import type { command } from './command.ts';
import { cycleView } from './cycle-text.ts';
import { type Developed, type DevelopOptions, develop, type OpenedProject } from './develop.ts';

/** Rewrites the paths of a plugin's copy in its output to paths of the project. */
class ProjectPaths {
  readonly #paths = new OwnPaths();
  readonly #label: string;
  readonly #known = new Set<string>();

  /** `label`: the path of the project as it was typed. */
  constructor(label: string) {
    this.#label = fileWord(label);
  }

  /** Sets the name of the plugin and the directory `plugins` that contains its copy. */
  learn(plugins: string, name: string): void {
    if (this.#known.has(name)) return;
    this.#known.add(name);
    this.#paths.add(join(plugins, name), this.#label);
  }

  readonly event = (event: AnyEvent): AnyEvent =>
    event.kind === 'output' ? { ...event, line: this.#paths.show(event.line) } : event;

  readonly text = (text: string): string => this.#paths.show(text);
}

export interface WatchOptions {
  readonly flags: FlagValues<typeof command.flags>;
  readonly project: OpenedProject;
  readonly target: Target;
  /** See DevelopOptions. */
  readonly only: readonly string[];
  readonly temporary: string;
  readonly cases: DevelopOptions['cases'];
  readonly context: Context;
}

/** A project that is watched and run in one host, from the start of the host to Ctrl-C. */
export class WatchSession {
  readonly paths: ProjectPaths;
  readonly #options: WatchOptions;
  readonly #log = new PluginLog();
  #host: PluginHost | null = null;
  #isBusy = false;
  /** The signal came during a cycle, so its errors are not reported. */
  #isCut = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.paths = new ProjectPaths(options.project.label);
  }

  /** Whether a cycle is running, or was running when the signal came. */
  get isBusy(): boolean {
    return this.#isBusy || this.#isCut;
  }

  hear(event: AnyEvent): void {
    if (isHostEvent(event)) this.#log.add(event);
  }

  setUp(host: PluginHost): void {
    this.#host = host;
  }

  /** Runs cycles until the signal; resolves when they have stopped. */
  async until({ hold }: Serving, hasKeyboard: boolean): Promise<void> {
    const { signal } = this.#options.context;
    const host = this.#host;
    if (host === null) throw new Error('the host is set up before it is ready');
    signal.addEventListener('abort', () => this.#cut(), { once: true });
    const developed = await this.#develop(host, hold);
    const release = hasKeyboard ? onEnter(() => developed.again()) : () => undefined;
    await aborted(signal);
    release();
    // A cycle may wait for a handshake, which only closing the host can end. If none is running, the caller closes the
    // host, after stopping what clients have started.
    await Promise.all([developed.close(), ...(this.#isBusy ? [host.close()] : [])]);
  }

  #cut(): void {
    this.#isCut = this.#isBusy;
  }

  #develop(host: PluginHost, hold: Serving['hold']): Promise<Developed> {
    const { project, target, flags, only, temporary, context } = this.#options;
    return develop({
      project,
      host,
      hold,
      target,
      only,
      temporary,
      log: this.#log,
      env: context.env,
      poll: flags.poll,
      cases: this.#options.cases,
      onName: (name) => this.paths.learn(host.home.plugins, name),
      onLine: (line) => context.log.debug(line),
      onBusy: (isBusy) => {
        this.#isBusy = isBusy;
      },
      onCycle: (report) => this.#report(report),
      onTrouble: (error) => {
        const view = failureView(asKpluginError(error, null), context.globals.verbose);
        void context.log.show(view, 'be-seen');
      },
    });
  }

  #report(report: CycleReport): Promise<void> {
    const stamp = new Date().toTimeString().slice(0, 8);
    return this.#options.context.report(cycleOutcome(report, stamp, this.paths.text));
  }
}

function isHostEvent(event: AnyEvent): event is Parameters<PluginLog['add']>[0] {
  return !['row', 'sent', 'ack', 'call'].includes(event.kind);
}

/** Calls `again` for each typed line until the returned function is called. */
function onEnter(again: () => void): () => void {
  const { stdin } = process;
  const onData = (): void => again();
  stdin.on('data', onData);
  // A closed terminal only ends the reading of lines.
  stdin.on('error', () => undefined);
  return () => {
    stdin.off('data', onData);
    stdin.pause();
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/**
 * The outcome of a cycle, as text and JSON. `stamp`: time of day; `shown`: rewrites paths of the plugin's copy to paths
 * of the project.
 */
function cycleOutcome(
  report: CycleReport,
  stamp: string,
  shown: (text: string) => string,
): Outcome {
  const error = report.problem ?? casesError(report.cases);
  return {
    data: cycleData(report),
    view: () => cycleView(report, stamp, shown),
    ...(error === null ? {} : { error }),
  };
}

function cycleData(report: CycleReport): object {
  const { cycle, changed, end, ms, buildMs, plugin, isReplaced, lost, findings, cases } = report;
  return {
    event: 'cycle',
    cycle,
    changed,
    end,
    ms: Math.round(ms),
    buildMs: buildMs === null ? null : Math.round(buildMs),
    plugin,
    isReplaced,
    lost,
    findings,
    cases: cases && casesData(cases),
  };
}

function casesData({ known, suite, isRepeat, mistakes }: CasesReport): object {
  return {
    known,
    isRepeat,
    mistakes,
    passed: suite?.passed ?? 0,
    failed: suite?.failed ?? 0,
    skipped: suite?.skipped ?? 0,
    results: suite?.results ?? [],
  };
}

function casesError(cases: CasesReport | null): KpluginError | null {
  if (cases === null || cases.suite?.failed === 0) return null;
  const { mistakes } = cases;
  const message =
    cases.suite === null ? 'the cases cannot be read' : `${cases.suite.failed} cases failed`;
  return new KpluginError({
    code: cases.suite === null ? 'cases-invalid' : 'cases-failed',
    exit: EXIT.findings,
    message,
    hint: 'correct them and save: every change runs them again',
    findings: mistakes,
  });
}
