import { isatty } from 'node:tty';
import { Feed } from '../../server/symbols/feed.ts';
import type { Action, FlagValues } from '../command.ts';
import type { dev } from '../commands/dev.ts';
import type { Context } from '../context.ts';
import { type OpenedProject, openProject, watchFiles } from '../dev/open-project.ts';
import { quietLog } from '../dev/quiet-log.ts';
import { readyOutcome } from '../dev/ready.ts';
import { Work } from '../dev/work.ts';
import { choosePython } from '../serve/choose-python.ts';
import { openLog, type ServeLog } from '../serve/open-log.ts';
import { serveUntil } from '../serve/serve-until.ts';
import { parseListen, parseSymbols, parseTimeouts, refuseWindows } from '../serve/settings.ts';
import { parseTarget } from '../target-flag.ts';
import { inTemporaryFolder } from '../temporary-folder.ts';

/** `kplugin dev`: `serve` for one project, whose files are watched. */
export const run: Action<typeof dev.flags> = async ({ flags, args }, context) => {
  refuseWindows(process.platform);
  const target = parseTarget(flags.target);
  const project = await openProject(args[0] ?? '.', context.cwd, target);
  const only = watchFiles(flags.watchFile, project.root, context.cwd);
  const python = await choosePython(flags.python, project.root, context);
  const log = await openLog(context);
  try {
    await inTemporaryFolder('kplugin-dev-', (temporary) =>
      devIn({ flags, project, target, python, only, temporary, log, context }),
    );
  } finally {
    log.close();
  }
  context.talk.say('stopped: nothing is left running');
  return { data: null, human: () => '', reported: true };
};

interface Dev {
  readonly flags: FlagValues<typeof dev.flags>;
  readonly project: OpenedProject;
  readonly target: ReturnType<typeof parseTarget>;
  readonly python: string;
  readonly only: readonly string[];
  readonly temporary: string;
  readonly log: ServeLog;
  readonly context: Context;
}

async function devIn(dev: Dev): Promise<void> {
  const { flags, context, target, python, project, log } = dev;
  const listen = parseListen(flags.listen);
  const feed = new Feed(Date.now);
  const work = new Work(dev);
  feed.subscribe(quietLog(() => work.isBusy, log.onItem));
  feed.subscribe(({ event }) => work.hear(event));
  await serveUntil({
    listen,
    symbols: parseSymbols(flags.symbols, listen),
    target,
    home: null,
    timeouts: parseTimeouts(flags),
    python,
    env: context.env,
    signal: context.signal,
    feed,
    shown: work.paths.event,
    byHand: [],
    onServed: log.onServed,
    setUp: async (host) => work.setUp(host),
    onReady: async (serving) => {
      const hasKeyboard = context.globals.input && isatty(0);
      const { label } = project;
      await context.report(readyOutcome({ ...serving, target, python, label, hasKeyboard }));
      await work.until(serving, hasKeyboard);
    },
  });
}
