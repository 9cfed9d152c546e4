import type { Mistake } from '../../case/mistakes.ts';

/** Reports what is wrong with a part of a file, by its JSON pointer: with its key, or with its value. */
export type ReportAt = (
  pointer: string,
  part: 'key' | 'value',
  mistake: Omit<Mistake, 'at'>,
) => void;

/** Where in a file's expectations a pattern stands. */
export interface PatternContext {
  readonly report: ReportAt;
  /** Below `$exactly`. */
  readonly isExact: boolean;
  /** The value of an object's key, which may be missing. */
  readonly isMember: boolean;
}
