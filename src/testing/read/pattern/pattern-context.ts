import type { Mistakes } from '../../case/mistakes.ts';

/** Where in a file's expectations a pattern stands. */
export interface PatternContext {
  readonly mistakes: Mistakes;
  /** Below `$exactly`. */
  readonly isExact: boolean;
  /** The value of an object's key, which may be missing. */
  readonly isMember: boolean;
}
