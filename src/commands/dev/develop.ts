import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertManifest } from '../../cli/open-plugin.ts';
import { type CaseRunOptions, CaseRuns } from '../../dev/case-runs.ts';
import { type CycleReport, type Cycles, startCycles } from '../../dev/cycles.ts';
import { Development } from '../../dev/development.ts';
import { InputReader } from '../../dev/inputs.ts';
import type { DevHost, HoldRuns } from '../../dev/install.ts';
import {
  type Watch,
  type WatchOptions,
  watchByEvents,
  watchByPolling,
} from '../../dev/watch-project.ts';
import { EXIT, isInterrupted, KpluginError } from '../../model/error.ts';
import type { Target } from '../../model/target.ts';
import { buildProject, goMachine } from '../../package/build/build-project.ts';
import { prepareProject } from '../../package/prepare.ts';
import { entryDate } from '../../package/write/write-zip.ts';
import { writeScratchPackage } from '../../package/write-package.ts';
import type { PluginLog } from '../../testing/run-suite.ts';

/** Milliseconds without a change before a cycle starts: editors and build tools write in several steps. */
const QUIET_MS = 80;

/** A project to be watched. */
export interface OpenedProject {
  /** Absolute path with links resolved. */
  readonly root: string;
  /** The path as it was typed. */
  readonly label: string;
}

export interface DevelopOptions {
  readonly project: OpenedProject;
  readonly host: DevHost;
  readonly hold: HoldRuns;
  readonly log: PluginLog;
  readonly target: Target;
  /** The cases to run and their limits; null: run none. */
  readonly cases: Pick<CaseRunOptions, 'wants' | 'limits' | 'python' | 'env'> | null;
  readonly only: readonly string[];
  readonly poll: boolean;
  /** An existing directory; the caller removes it. */
  readonly temporary: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Called with the plugin's name before it is installed. */
  readonly onName: (name: string) => void;
  /** Called with each line of output of the build. */
  readonly onLine: (line: string) => void;
  readonly onBusy: (isBusy: boolean) => void;
  readonly onCycle: (report: CycleReport) => Promise<void>;
  readonly onTrouble: (error: unknown) => void;
}

/** A project that is being watched. */
export interface Developed {
  /** Starts a full cycle. */
  again(): void;
  /** Stops watching; resolves when the current cycle has ended. */
  close(): Promise<void>;
}

/** Watches a project and updates its plugin in the host; the first cycle starts at once. */
export async function develop(options: DevelopOptions): Promise<Developed> {
  const development = developmentOf(options);
  options.log.onCrash((plugin) => development.ended(plugin));
  const run = cycleRunner(development, options);
  const cycles = startCycles({
    pause: (signal) => sleep(QUIET_MS, undefined, { signal }).catch(() => undefined),
    run: (_cycle, signal) => run(signal),
    onError: (error) => options.onTrouble(error),
  });
  const watch = await startWatch(options, cycles);
  cycles.changed();
  return {
    again: () => {
      development.force();
      cycles.changed();
    },
    close: async () => {
      // Cycles are closed at the same time, so that none starts while the watch is being closed.
      await Promise.all([cycles.close(), watch.close()]);
    },
  };
}

/** Runs cycles, and reports and numbers (from 1) those that were not idle. */
function cycleRunner(
  development: Development,
  { onBusy, onCycle }: DevelopOptions,
): (signal: AbortSignal) => Promise<void> {
  let reported = 0;
  return async (signal) => {
    onBusy(true);
    try {
      const report = await development.cycle(reported + 1, signal);
      if (isIdle(report)) return;
      reported += 1;
      await onCycle(report);
    } catch (error) {
      // An interrupted cycle is not an error.
      if (!isInterrupted(error, signal)) throw error;
    } finally {
      onBusy(false);
    }
  };
}

/**
 * Whether a cycle had nothing to do: a file was touched without a change, or it is the output of the build, which has
 * already been reported.
 */
function isIdle({ end, changed }: CycleReport): boolean {
  return end === 'unchanged' && changed.length === 0;
}

function startWatch(
  { project, only, poll, onTrouble }: DevelopOptions,
  cycles: Cycles,
): Promise<Watch> {
  const watching: WatchOptions = {
    root: project.root,
    only,
    onChange: () => cycles.changed(),
    onError: (error: KpluginError) => onTrouble(error),
  };
  return poll ? watchByPolling(watching) : watchByEvents(watching);
}

function developmentOf(options: DevelopOptions): Development {
  const { project, host, hold, target, only, temporary, env, onLine, onName } = options;
  const { root, label } = project;
  const reader = new InputReader(root, only);
  return new Development({
    root,
    host,
    read: () => reader.read(),
    prepare: (signal) => prepareProject(root, { target, label, signal }),
    build: (signal) =>
      buildProject({ directory: root, arch: goMachine(), env, signal, onStart: onLine, onLine }),
    pack: async ({ plan, identity }, file, signal) => {
      onName(identity.name ?? '');
      const date = entryDate(env['SOURCE_DATE_EPOCH']);
      const written = await writeScratchPackage(plan.entries, file, { date, signal });
      return written.contentDigest;
    },
    holdRuns: hold,
    cases: casesOf(options),
    temporary,
    now: () => performance.now(),
  });
}

function casesOf({
  host,
  log,
  target,
  project,
  temporary,
  cases,
  hold,
}: DevelopOptions): CaseRuns | null {
  if (cases === null) return null;
  return new CaseRuns({
    host,
    log,
    target,
    root: project.root,
    temporary,
    ...cases,
    holdRuns: hold,
    now: () => performance.now(),
  });
}

/** Opens the project directory of the command line; throws (exit 2) when it is missing or has no manifest. */
export async function openProject(
  label: string,
  cwd: string,
  target: Target,
): Promise<OpenedProject> {
  const directory = path.resolve(cwd, label);
  const stats = await stat(directory).catch(() => null);
  if (!stats?.isDirectory()) throw notThere(label, stats !== null);
  const root = await realpath(directory);
  await assertManifest(await prepareProject(root, { target, label }), directory, label);
  return { root, label };
}

/** The paths of `--watch-file`, relative to the project; throws exit 2 for a path outside the project. */
export function watchFiles(files: readonly string[], root: string, cwd: string): string[] {
  return files.map((file) => {
    const inside = path.relative(root, path.resolve(cwd, file)).replaceAll(path.sep, '/');
    if (inside !== '' && !inside.startsWith('../') && !path.isAbsolute(inside)) return inside;
    throw new KpluginError({
      code: 'watch-file-outside',
      exit: EXIT.usage,
      message: `--watch-file ${file} is no file in the project`,
      hint: 'name a file inside of it, for example --watch-file dist/.built',
    });
  });
}

function notThere(label: string, isFile: boolean): KpluginError {
  return new KpluginError({
    code: 'project-not-found',
    exit: EXIT.usage,
    message: isFile
      ? `${label} is a file, and dev takes the directory of a project`
      : `there is no ${label}`,
    hint: 'give the directory of a project; kplugin init makes one',
  });
}
