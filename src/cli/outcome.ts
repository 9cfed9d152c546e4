import type { KpluginError } from '../model/error.ts';
import type { Views } from './output/view.ts';

/** What a command has to say; one place turns it into text or JSON, or says nothing under `--quiet`. */
export interface Outcome {
  /** The `data` of the JSON envelope. */
  readonly data: unknown;
  /** stdout for people. Not called under `--json`, and under `--quiet` only beside an error. */
  readonly view: () => Views | Promise<Views>;
  /** What to type next, shown on stderr after success. */
  readonly next?: readonly string[];
  /** Set when the command did its work and the answer is no (findings, a difference): the exit code comes from it. */
  readonly error?: KpluginError;
  /**
   * Set when the command could not do its work on the only host: told on stderr as what is thrown is, with `data` in the
   * envelope. `view` is not called then.
   */
  readonly failure?: KpluginError;
  /** Set by commands that keep running (`serve`): they reported through `context.report` when they were ready. */
  readonly reported?: true;
}
