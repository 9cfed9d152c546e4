import type { Mistake } from '../../case/mistakes.ts';

/** Reports a mistake in a part of a file, by its JSON pointer: at its key or at its value. */
export type ReportAt = (
  pointer: string,
  part: 'key' | 'value',
  mistake: Omit<Mistake, 'at'>,
) => void;

/** The position of a pattern in the expectations of a file. */
export interface PatternContext {
  readonly report: ReportAt;
  /** Below `$exactly`. */
  readonly isExact: boolean;
  /** The value of an object's key, which may be missing. */
  readonly isMember: boolean;
}
