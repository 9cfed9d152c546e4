import type { Outcome } from './outcome.ts';
import type { LiveLines } from './output/live-lines.ts';
import type { Views } from './output/view.ts';
import type { Progress } from './progress.ts';
import type { Prompts } from './prompts.ts';

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

/** The environment of a command: flags, streams, signals and prompts. Tests pass their own. */
export interface Context {
  readonly globals: Globals;
  /** The arguments after `kplugin`. */
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** Every environment variable that kplugin reads, with or without a flag. */
  readonly variables: () => readonly string[];
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
