import type { SearchBudget } from '../../model/secrets/secret-content.ts';
import { MAX_TOTAL } from '../zip/limits.ts';

/**
 * What is searched for secrets of the files that are packed together, compressed ones apart: files of up to `small`
 * bytes to their end, so many bytes of all others, and of either kind so many places at which a secret may begin
 * (in bytes that take as long: 256 for each).
 */
export const SEARCH_BUDGETS = {
  small: 1024 ** 2,
  bytes: 256 * 1024 ** 2,
  places: 128 * 1024 ** 2,
} as const;

/** How much of one file is searched. */
export interface FileShare {
  readonly budget: SearchBudget;
  readonly bytes: number;
}

/** For one plan. Large files have budgets of their own: they must not end the search of the settings beside them. */
export class SearchBudgets {
  readonly #small: SearchBudget = { left: SEARCH_BUDGETS.places };
  readonly #large: SearchBudget = { left: SEARCH_BUDGETS.places };
  #bytes: number = SEARCH_BUDGETS.bytes;

  /** The share of a file of `size` bytes, which is taken from what is left. */
  share(size: number): FileShare {
    if (size <= SEARCH_BUDGETS.small) return { budget: this.#small, bytes: size };
    // Such a package is not written; a sparse file of terabytes takes a moment to make.
    const bytes = size > MAX_TOTAL ? 0 : Math.min(size, this.#bytes);
    this.#bytes -= bytes;
    return { budget: this.#large, bytes };
  }
}
