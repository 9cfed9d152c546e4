import type { KpluginError } from '../model/error.ts';
import type { Views } from './output/view.ts';

/** The result of a command; src/cli/report.ts prints it as text or JSON. */
export interface Outcome {
  /** The `data` of the JSON envelope. */
  readonly data: unknown;
  /** The text for stdout. Not called under `--json`; under `--quiet` only together with an error. */
  readonly view: () => Views | Promise<Views>;
  /** Commands to run next, shown on stderr after success. */
  readonly next?: readonly string[];
  /** Set when the command ran and its result is negative (findings, a difference); sets the exit code. */
  readonly error?: KpluginError;
  /**
   * Set when the command failed on its only host: printed on stderr like a thrown error, with `data` in the envelope.
   * `view` is not called then.
   */
  readonly failure?: KpluginError;
  /** Set by commands that keep running (`serve`): they have already printed through `context.report`. */
  readonly reported?: true;
}
