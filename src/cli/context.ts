import type { Outcome } from './outcome.ts';
import type { LiveLines } from './output/live-lines.ts';
import type { Views } from './output/view.ts';
import type { Progress } from './progress.ts';
import type { Prompts } from './prompts.ts';

/** The flags that every command has. */
export interface Globals {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly color: boolean;
  /** False under `--no-input`: never ask. */
  readonly input: boolean;
  readonly yes: boolean;
}

/** stderr for people; silent where the caller asked for silence. */
export interface Talk {
  /** A line about what is going on; hidden by `--quiet` and `--json`. */
  say(line: string): void;
  /** A line that only `--verbose` shows. */
  detail(line: string): void;
  /** A line that must be seen whatever the flags (never a secret). */
  warn(line: string): void;
  /** More than a line; hidden by `--quiet` and `--json` as well, unless it must be seen. */
  show(views: Views, must?: 'be-seen'): Promise<void>;
  /** A bar or spinner on a terminal's stderr, nothing elsewhere. `total` in the unit of `update`; null = unknown. */
  progress(label: string, total: number | null): Progress;
  /** Lines at the bottom of a terminal's stderr; null where there is no terminal, or nobody wants to see them. */
  lines(): LiveLines | null;
}

/** The effects a command may have, handed in so that tests can hand in others. */
export interface Context {
  readonly globals: Globals;
  /** What was typed behind `kplugin`. */
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** Every environment variable that kplugin reads: those of the flags, and those that have no flag. */
  readonly variables: () => readonly string[];
  /** The folder that holds `schemas/` and `templates/`, wherever kplugin is installed. */
  readonly packageRoot: string;
  readonly talk: Talk;
  readonly prompts: Prompts;
  /**
   * Aborted by the first Ctrl-C or SIGTERM; a second one ends the process. Taken when there is something to undo or to
   * abandon: from then on the process lives until the command comes to its end.
   */
  readonly signal: AbortSignal;
  /** For commands that keep running (`serve`): reports once they are ready. */
  report(outcome: Outcome): Promise<void>;
}
