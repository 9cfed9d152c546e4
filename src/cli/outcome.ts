import type { KpluginError } from '../model/error.ts';
import type { Style } from './output/style.ts';
import type { Text } from './output-pieces.ts';

/** What a command has to say; reporters turn it into text or JSON. */
export interface Outcome {
  /** The `data` of the JSON envelope. */
  readonly data: unknown;
  /** stdout for people; may end without a line feed. Not called under `--json` or `--quiet`. */
  readonly human: (style: Style) => Text | Promise<Text>;
  /** What to type next, shown on stderr after success. */
  readonly next?: readonly string[];
  /** Set when the command did its work and the answer is no (findings, a difference): the exit code comes from it. */
  readonly error?: KpluginError;
  /**
   * Set when the command could not do its work on the only host: told on stderr as what is thrown is, with `data` in the
   * envelope. `human` is not called then.
   */
  readonly failure?: KpluginError;
  /** Set by commands that keep running (`serve`): they reported through `context.report` when they were ready. */
  readonly reported?: true;
}
