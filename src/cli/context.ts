import { oneLine } from '../model/printable.ts';
import type { Outcome } from './outcome.ts';
import { outputFormat, textOf } from './output/render.ts';
import { escapeOutput } from './output/terminal-codes.ts';
import type { Views } from './output/view.ts';
import { drawLines, drawProgress, type LiveLines, NO_PROGRESS, type Progress } from './progress.ts';
import type { Prompts } from './prompts.ts';

/** The lines that each command has printed once. */
const said = new WeakMap<Context['log'], Set<string>>();

/** The environment of a command: flags, streams, signals and prompts. Tests pass their own. */
export interface Context {
  readonly globals: Globals;
  /** The arguments after `kplugin`. */
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** Every environment variable that kplugin reads, with or without a flag. */
  readonly variables: () => Promise<readonly string[]>;
  /** The directory that holds `schemas/` and `templates/`. */
  readonly packageRoot: string;
  readonly log: Log;
  readonly prompts: Prompts;
  /**
   * Aborted by the first Ctrl-C or SIGTERM; a second one ends the process. The signal handlers are installed at the
   * first access: get it only when there is something to undo or abandon. Until then a signal ends the process at once.
   */
  readonly signal: AbortSignal;
  /** Prints an outcome before the command has ended; for commands that keep running, such as `serve`. */
  report(outcome: Outcome): Promise<void>;
}

/** The values of the global flags. */
export interface Globals {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly color: boolean;
  /** False under `--no-input`: never prompt. */
  readonly input: boolean;
  readonly yes: boolean;
}

/** Messages on stderr, filtered by `--quiet`, `--json` and `--verbose`. */
export interface Log {
  /** Prints a progress message; hidden by `--quiet` and `--json`. */
  info(line: string): void;
  /** Prints a message only under `--verbose`. */
  debug(line: string): void;
  /** Prints a message whatever the flags are. It must not contain a secret. */
  warn(line: string): void;
  /** Prints views; hidden by `--quiet` and `--json`, unless `must` is given. */
  show(views: Views, must?: 'be-seen'): Promise<void>;
  /** A bar or the elapsed seconds on a terminal, nothing elsewhere. `total` has the unit of `update`; null: unknown. */
  progress(label: string, total: number | null): Progress;
  /** Lines at the bottom of the terminal that are redrawn; null without a terminal and under `--quiet` and `--json`. */
  lines(): LiveLines | null;
}

interface LogStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** Creates the messages of a command on a stream (stderr), filtered by the flags. `now` returns milliseconds. */
export function logTo(stream: LogStream, globals: Globals, now: () => number): Log {
  const silent = globals.quiet || globals.json;
  let live: ReturnType<typeof drawLines> | null = null;
  const write = (line: string): unknown =>
    live === null ? stream.write(`${escapeOutput(line)}\n`) : live.above(`${escapeOutput(line)}\n`);
  return {
    info(line) {
      if (!silent) write(line);
    },
    debug(line) {
      if (globals.verbose) write(line);
    },
    warn(line) {
      write(line);
    },
    async show(views, must) {
      if (silent && must === undefined) return;
      const text = textOf(views, await outputFormat(stream, globals.color, process.env));
      if (text !== '') write(text.trimEnd());
    },
    lines() {
      if (silent || stream.isTTY !== true) return null;
      const lines = drawLines(stream);
      live = lines;
      const end = (): void => {
        lines.end();
        live = null;
      };
      return { ...lines, end };
    },
    progress(label, total) {
      if (silent || stream.isTTY !== true) return NO_PROGRESS;
      return drawProgress(stream, label, total, now);
    },
  };
}

/** Prints a message only once per command, even if it opens several clients; nothing under `--quiet`. */
export function infoOnce(context: Context): (line: string) => void {
  return (line) => {
    if (isNew(line, context)) context.log.info(oneLine(line));
  };
}

/** Like {@link infoOnce}, for warnings, which `--json` does not hide. */
export function warnOnce(context: Context): (line: string) => void {
  return (line) => {
    if (isNew(line, context)) context.log.warn(oneLine(line));
  };
}

function isNew(line: string, { log, globals }: Context): boolean {
  const lines = said.get(log) ?? new Set();
  said.set(log, lines);
  if (lines.has(line) || globals.quiet) return false;
  lines.add(line);
  return true;
}
