import { isatty } from 'node:tty';
import type { Action, FlagValues } from '../../cli/command.ts';
import { inTemporaryFolder } from '../../cli/folders.ts';
import { projectHere } from '../../cli/open-plugin.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { bold, dim, type View } from '../../cli/output/view.ts';
import { durationFlag, parseTarget } from '../../cli/shared-flags.ts';
import { Feed, type FeedItem, type OnItem } from '../../emulator/symbols/feed.ts';
import type { Environment } from '../../model/child-process.ts';
import { releaseOf, type Target } from '../../model/target.ts';
import { openLog, type ServeLog } from '../serve/open-log.ts';
import { checkOpenFileLimit, pluginEnvironment } from '../serve/plugin-environment.ts';
import { type ChosenPython, choosePython, projectPythons, pythonText } from '../serve/pythons.ts';
import { type Serving, serveUntil } from '../serve/serve-until.ts';
import {
  hostNames,
  parseListen,
  parseSymbols,
  parseTimeouts,
  refuseWindows,
} from '../serve/settings.ts';
import { parallelOf, placeAndPatterns, wanted } from '../test/options.ts';
import type { command } from './command.ts';
import { openProject, watchFiles } from './develop.ts';
import { type WatchOptions, WatchSession } from './watch-session.ts';

/** Messages of the Python SDK about itself, a dozen lines for each start of a symbol. */
const CHATTER = /[\\/]ekuiper[\\/]runtime[\\/]\w+\.py\[line:\d+\] - INFO: /;

type Flags = FlagValues<typeof command.flags>;

/** `kplugin dev`: like `serve`, for one project whose files are watched. */
export const run: Action<typeof command.flags> = async ({ flags, args, rest }, context) => {
  refuseWindows(process.platform, 'kplugin dev');
  checkOpenFileLimit();
  const target = parseTarget(flags.target);
  const { cwd } = context;
  const { label, patterns } = placeAndPatterns(args[0], rest, cwd, await projectHere(cwd));
  const project = await openProject(label, context.cwd, target);
  const only = watchFiles(flags.watchFile, project.root, context.cwd);
  const python = await choosePython(flags.python, project.root, context);
  const env = pluginEnvironment(flags.env, context.env, context.log);
  const limits = limitsOf(flags, patterns, target);
  const cases = flags.noTest ? null : { ...limits, python: python.program, env };
  const log = await openLog(context);
  try {
    await inTemporaryFolder('kplugin-dev-', context.signal, (temporary) =>
      devIn({ flags, project, target, python, env, only, cases, temporary, log, context }),
    );
  } finally {
    log.close();
  }
  context.log.info('stopped: nothing is left running');
  return { data: null, view: () => [], reported: true };
};

interface Dev extends WatchOptions {
  readonly python: ChosenPython;
  /** The environment of plugins. */
  readonly env: Environment;
  readonly log: ServeLog;
}

function limitsOf(
  flags: Flags,
  patterns: readonly string[],
  target: Target,
): Pick<NonNullable<WatchOptions['cases']>, 'wants' | 'limits'> {
  const wants = wanted({ patterns, symbols: flags.symbol, wantsCases: true });
  return {
    wants: (one) => wants({ type: 'case', ...one }),
    limits: {
      parallel: parallelOf(flags.parallel),
      withinMs: durationFlag(flags.timeout, '--timeout'),
      handshakeLimitMs: parseTimeouts(flags, target).initMs,
    },
  };
}

async function devIn(dev: Dev): Promise<void> {
  const { flags, context, target, python, env, project, log } = dev;
  const listen = parseListen(flags.listen);
  const feed = new Feed(Date.now);
  const work = new WatchSession(dev);
  feed.subscribe(quietLog(() => work.isBusy, log.onItem));
  feed.subscribe(({ event }) => work.hear(event));
  await serveUntil({
    listen,
    symbols: parseSymbols(flags.symbols, listen),
    target,
    home: null,
    timeouts: parseTimeouts(flags, target),
    python: python.program,
    projectPythons: projectPythons(python, new Map(), context.cwd),
    names: hostNames(flags.allowHost),
    env,
    signal: context.signal,
    feed,
    shown: work.paths.event,
    byHand: [],
    onServed: log.onServed,
    setUp: async (host) => work.setUp(host),
    onReady: async (serving) => {
      const hasKeyboard = context.globals.input && isatty(0);
      const { label } = project;
      const about = { target, python, cwd: context.cwd, label, hasKeyboard };
      await context.report(readyOutcome({ ...serving, ...about }));
      await work.until(serving, hasKeyboard);
    },
  });
}

/**
 * Filters the log: events that a cycle causes (processes, calls and rows of cases) are dropped, because the line of the
 * cycle sums them up. Output of the plugin is kept. `isBusy` returns whether a cycle is running.
 */
function quietLog(isBusy: () => boolean, next: OnItem): OnItem {
  return (item: FeedItem) => {
    const { event } = item;
    const isTold = event.kind === 'note' || (event.kind === 'output' && !CHATTER.test(event.line));
    if (!isBusy() || isTold) next(item);
  };
}

interface DevReady extends Pick<Serving, 'url' | 'symbolsUrl' | 'home'> {
  readonly target: Target;
  readonly python: ChosenPython;
  readonly cwd: string;
  /** The path of the project as it was typed. */
  readonly label: string;
  /** Whether Enter starts a cycle. */
  readonly hasKeyboard: boolean;
}

/** The outcome before the first cycle: the address of the host and the watched project. */
function readyOutcome(ready: DevReady): Outcome {
  const { url, symbolsUrl, home, target, python, label } = ready;
  const about = { url, symbolsUrl, target, version: releaseOf(target), home };
  return {
    data: { event: 'ready', watching: label, ...about, python: python.program },
    view: () => readyView(ready),
  };
}

function readyView(ready: DevReady): View {
  const { url, symbolsUrl, target, python, cwd, label, hasKeyboard } = ready;
  return {
    title: [bold(url), ` answers as eKuiper ${releaseOf(target)}`],
    lines: [
      ...(symbolsUrl === null ? [] : [`symbols ${symbolsUrl}`]),
      `python  ${pythonText(python, cwd)}`,
      `watches ${label}`,
      dim(hasKeyboard ? 'Enter does everything again, Ctrl-C ends it' : 'Ctrl-C ends it'),
    ],
  };
}
